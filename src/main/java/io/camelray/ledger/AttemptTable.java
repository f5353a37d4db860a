package io.camelray.ledger;

import io.camelray.ledger.RenderRecord.AttemptRecord;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.model.AttemptToken;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** {@code ray_attempt}: one row for each {@code POST}, and for each job that turned up beside one. */
final class AttemptTable {

    record AttemptRow(
            AttemptToken token,
            RenderId render,
            long campaignId,
            String account,
            int number,
            Verdict verdict,
            String reason,
            Optional<ProviderJobId> job,
            Instant boundAt,
            Instant deadline,
            Optional<Instant> repliedAt,
            Optional<Instant> acceptedAt,
            Stake stake,
            Money reserve,
            Money confirmed,
            String budgetDay) {

        AttemptRecord toRecord() {
            return new AttemptRecord(token, number, verdict.label(), reason, job, boundAt, repliedAt, reserve);
        }
    }

    enum Verdict implements Labelled {
        POSTING("posting"),
        ACCEPTED("accepted"),
        NOT_ACCEPTED("not-accepted"),
        REFUSED("refused"),
        UNKNOWN("unknown"),
        ABANDONED("abandoned");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    private static final RowMapper<AttemptRow> ROW = (row, context) -> new AttemptRow(
            new AttemptToken(row.getObject("token", UUID.class)),
            new RenderId(row.getLong("render_id")),
            row.getLong("campaign_id"),
            row.getString("account"),
            row.getInt("number"),
            Labelled.of(Verdict.class, row.getString("verdict")),
            row.getString("reason"),
            Optional.ofNullable(row.getString("job")).map(ProviderJobId::new),
            Micros.instant(row, "bound_at"),
            Micros.instant(row, "deadline_at"),
            Micros.optional(row, "replied_at"),
            Micros.optional(row, "accepted_at"),
            Labelled.of(Stake.class, row.getString("stake")),
            new Money(row.getLong("reserve")),
            new Money(row.getLong("confirmed")),
            row.getString("budget_day"));

    /** Without the wire body, which is long and rarely wanted. */
    private static final String SELECT =
            """
            SELECT token, render_id, campaign_id, account, number, verdict, reason, job, bound_at, deadline_at,
                   replied_at, accepted_at, stake, reserve, confirmed, budget_day
              FROM ray_attempt""";

    void insert(
            Transaction tx,
            RenderTable.RenderRow render,
            AttemptIntent intent,
            int number,
            Instant deadline,
            LocalDate day) {
        insert(tx, render, intent.token(), number)
                .bind("verdict", Verdict.POSTING.label())
                .bind("job", (String) null)
                .bind("deadline", Micros.of(deadline))
                .bind("replied", (Long) null)
                .bind("stake", Stake.RESERVED.label())
                .bind("reserve", render.price().upperBound().micros())
                .bind("day", day.toString())
                .bind("hash", intent.wireHash())
                .bind("body", intent.wireBody())
                .execute();
    }

    /** A job that a provider reported beside the one an attempt already has; what it costs is booked afterwards. */
    void insertStray(
            Transaction tx,
            RenderTable.RenderRow render,
            AttemptRow beside,
            int number,
            AttemptToken token,
            ProviderJobId job) {
        insert(tx, render, token, number)
                .bind("verdict", Verdict.ACCEPTED.label())
                .bind("job", job.value())
                .bind("deadline", tx.nowMicros())
                .bind("replied", tx.nowMicros())
                .bind("stake", Stake.RELEASED.label())
                .bind("reserve", 0L)
                .bind("day", beside.budgetDay())
                .bind("hash", "")
                .bind("body", new byte[0])
                .execute();
    }

    private static org.jdbi.v3.core.statement.Update insert(
            Transaction tx, RenderTable.RenderRow render, AttemptToken token, int number) {
        return tx.handle()
                .createUpdate(
                        """
                        INSERT INTO ray_attempt (token, render_id, campaign_id, account, number, verdict, job, bound_at,
                                                 deadline_at, replied_at, counted_at, accepted_at, stake, reserve,
                                                 budget_day, wire_hash, wire_body)
                        VALUES (:token, :render, :campaign, :account, :number, :verdict, :job, :bound,
                                :deadline, :replied, :replied, :replied, :stake, :reserve, :day, :hash, :body)""")
                .bind("token", token.value())
                .bind("render", render.id().value())
                .bind("campaign", render.campaignId())
                .bind("account", render.account())
                .bind("number", number)
                .bind("bound", tx.nowMicros());
    }

    Optional<AttemptRow> find(Handle handle, AttemptToken token) {
        return handle.createQuery(SELECT + " WHERE token = :token")
                .bind("token", token.value())
                .map(ROW)
                .findOne();
    }

    Optional<AttemptRow> findJob(Handle handle, String account, ProviderJobId job) {
        return handle.createQuery(SELECT + " WHERE account = :account AND job = :job")
                .bind("account", account)
                .bind("job", job.value())
                .map(ROW)
                .findOne();
    }

    int lastNumber(Handle handle, RenderId render) {
        return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM ray_attempt WHERE render_id = :render")
                .bind("render", render.value())
                .mapTo(Integer.class)
                .one();
    }

    Map<RenderId, List<AttemptRecord>> ofRenders(Handle handle, List<RenderId> renders) {
        return handle
                .createQuery(SELECT + " WHERE render_id IN (<renders>) ORDER BY render_id, number")
                .bindList("renders", renders.stream().map(RenderId::value).toList())
                .map(ROW)
                .stream()
                .collect(Collectors.groupingBy(
                        AttemptRow::render, Collectors.mapping(AttemptRow::toRecord, Collectors.toList())));
    }

    void recordJob(Transaction tx, AttemptRow attempt, ProviderJobId job, Instant acceptedAt) {
        tx.handle()
                .createUpdate(
                        """
                        UPDATE ray_attempt
                           SET verdict = 'accepted', job = :job, accepted_at = :accepted, reason = '',
                               replied_at = COALESCE(replied_at, :now), counted_at = COALESCE(counted_at, :now)
                         WHERE token = :token""")
                .bind("token", attempt.token().value())
                .bind("job", job.value())
                .bind("accepted", Micros.of(acceptedAt))
                .bind("now", tx.nowMicros())
                .execute();
    }

    /** @param counts whether the provider may have counted it in its rate window */
    void recordVerdict(Transaction tx, AttemptRow attempt, Verdict verdict, boolean counts, String reason) {
        tx.handle()
                .createUpdate(
                        """
                        UPDATE ray_attempt
                           SET verdict = :verdict, reason = :reason, replied_at = COALESCE(replied_at, :now),
                               counted_at = CASE WHEN :counts THEN COALESCE(counted_at, :now) END
                         WHERE token = :token""")
                .bind("token", attempt.token().value())
                .bind("verdict", verdict.label())
                .bind("reason", Bounded.text(reason))
                .bind("counts", counts)
                .bind("now", tx.nowMicros())
                .execute();
    }

    /** Unknown renders of current revisions whose attempt ended, and could begin, before those moments. */
    List<RenderId> overdueUnknown(Handle handle, Instant ended, Instant deadline, int attempts, int limit) {
        return handle.createQuery(
                        """
                        SELECT r.id
                          FROM ray_render r
                          JOIN ray_campaign c ON c.id = r.campaign_id AND c.current_revision = r.revision_id
                          JOIN ray_attempt a ON a.token = r.attempt
                         WHERE r.state = 'unknown' AND r.cancel_requested IS NULL
                           AND a.replied_at <= :ended AND a.deadline_at <= :deadline
                           AND (SELECT COUNT(*) FROM ray_attempt u
                                 WHERE u.render_id = r.id AND u.verdict = 'unknown') <= :attempts
                         ORDER BY r.id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("ended", Micros.of(ended))
                .bind("deadline", Micros.of(deadline))
                .bind("attempts", attempts)
                .bind("limit", limit)
                .map((row, context) -> new RenderId(row.getLong("id")))
                .list();
    }

    void setReason(Handle handle, AttemptToken token, String reason) {
        handle.createUpdate("UPDATE ray_attempt SET reason = :reason WHERE token = :token")
                .bind("token", token.value())
                .bind("reason", reason)
                .execute();
    }

    void setStake(Handle handle, AttemptToken token, Stake stake, long confirmed) {
        handle.createUpdate("UPDATE ray_attempt SET stake = :stake, confirmed = :confirmed WHERE token = :token")
                .bind("token", token.value())
                .bind("stake", stake.label())
                .bind("confirmed", confirmed)
                .execute();
    }
}
