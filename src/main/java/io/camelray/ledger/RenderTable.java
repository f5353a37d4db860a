package io.camelray.ledger;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.AttemptToken;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** {@code ray_render}, render by render; {@link RenderSets} changes whole revisions. */
final class RenderTable {

    /** What a change of state needs to know of a render. */
    record RenderRow(
            RenderId id,
            long campaignId,
            long revisionId,
            String account,
            String shape,
            Price price,
            RenderState state,
            Instant dueAt,
            int pendingParents,
            Optional<AttemptToken> attempt,
            int technicalRetries) {

        boolean isDue(Instant now) {
            return state == RenderState.PLANNED && pendingParents == 0 && !dueAt.isAfter(now);
        }
    }

    /** Never changes for a render: what must be locked before it. */
    record Owner(long campaignId, String account) {}

    private static final RowMapper<RenderRow> ROW = (row, context) -> new RenderRow(
            new RenderId(row.getLong("id")),
            row.getLong("campaign_id"),
            row.getLong("revision_id"),
            row.getString("account"),
            row.getString("shape"),
            new Price(
                    new Money(row.getLong("expected")),
                    new Money(row.getLong("upper_bound")),
                    row.getString("assumption")),
            Labels.state(row.getString("state")),
            Micros.instant(row, "due_at"),
            row.getInt("pending_parents"),
            Optional.ofNullable(row.getObject("attempt", UUID.class)).map(AttemptToken::new),
            row.getInt("technical_retries"));

    /** Every column of the index is in the order, so that the index is used for it. */
    static final String DUE =
            """
            SELECT r.id, c.name AS campaign, r.label, r.provider, r.account, r.request, r.paid_attempts,
                   r.technical_retries
              FROM ray_render r JOIN ray_campaign c ON c.id = r.campaign_id
             WHERE r.revision_id = :revision AND r.state = 'planned' AND r.account = :account
               AND r.pending_parents = 0 AND r.due_at <= :now
             ORDER BY r.revision_id, r.state, r.account, r.pending_parents, r.ordinal, r.due_at
             FETCH FIRST :limit ROWS ONLY""";

    Optional<Owner> owner(Handle handle, RenderId id) {
        return handle.createQuery("SELECT campaign_id, account FROM ray_render WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Owner(row.getLong("campaign_id"), row.getString("account")))
                .findOne();
    }

    RenderRow get(Handle handle, RenderId id) {
        return handle.createQuery(
                        """
                        SELECT id, campaign_id, revision_id, account, shape, expected, upper_bound, assumption, state,
                               due_at, pending_parents, attempt, technical_retries
                          FROM ray_render WHERE id = :id""")
                .bind("id", id.value())
                .map(ROW)
                .one();
    }

    void insert(
            Handle handle,
            List<PlannedRender> renders,
            List<Long> ids,
            PlanKeys keys,
            long campaignId,
            long revisionId,
            String provider,
            String account,
            long now) {
        PreparedBatch batch = handle.prepareBatch(
                """
                INSERT INTO ray_render (id, campaign_id, revision_id, planned_in, plan_key, place, ordinal, step, cell,
                                        label, line, fingerprint, generation, provider, account, request, shape,
                                        expected, upper_bound, assumption, state, pending_parents, due_at, planned_at,
                                        changed_at)
                VALUES (:id, :campaign, :revision, :revision, :key, :place, :ordinal, :step, :cell,
                        :label, :line, :fingerprint, :generation, :provider, :account, :request, :shape,
                        :expected, :upper, :assumption, 'planned', :parents, :now, :now,
                        :now)""");
        for (int i = 0; i < renders.size(); i++) {
            PlannedRender render = renders.get(i);
            batch.bind("id", ids.get(i))
                    .bind("campaign", campaignId)
                    .bind("revision", revisionId)
                    .bind("key", keys.of(render))
                    .bind("place", keys.place(render.step(), render.cell()))
                    .bind("parents", ParentTable.distinct(render).size())
                    .bind("ordinal", render.ordinal())
                    .bind("step", render.step())
                    .bind("cell", render.cell())
                    .bind("label", render.label())
                    .bind("line", render.line())
                    .bind("fingerprint", render.fingerprint())
                    .bind("generation", render.generation())
                    .bind("provider", provider)
                    .bind("account", account)
                    .bind("request", RequestJson.write(render.request()))
                    .bind("shape", RequestJson.shape(render.request()))
                    .bind("expected", render.price().expected().micros())
                    .bind("upper", render.price().upperBound().micros())
                    .bind("assumption", Bounded.text(render.price().assumption()))
                    .bind("now", now)
                    .add();
        }
        batch.execute();
    }

    /** @return whether the render still was in that state */
    boolean move(Handle handle, RenderId id, RenderState from, RenderState to, Details details, long now) {
        Update update = handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET state = :to, held = :held, failure = :failure, failure_reason = :reason,
                               failure_remedy = :remedy, note = :note, due_at = COALESCE(:due, due_at),
                               changed_at = :now
                         WHERE id = :id AND state = :from""")
                .bind("id", id.value())
                .bind("from", from.label())
                .bind("to", to.label())
                .bind("held", details.held().map(HoldReason::label).orElse(null))
                .bind("failure", details.failure().map(f -> f.kind().label()).orElse(null))
                .bind(
                        "reason",
                        details.failure().map(f -> Bounded.text(f.reason())).orElse(null))
                .bind(
                        "remedy",
                        details.failure().map(f -> Bounded.text(f.remedy())).orElse(null))
                .bind("note", Bounded.text(details.note()))
                .bind("due", details.dueAt().map(Micros::of).orElse(null))
                .bind("now", now);
        return update.execute() == 1;
    }

    void setChain(Handle handle, RenderId id, String chainId) {
        handle.createUpdate("UPDATE ray_render SET chain_id = :chain WHERE id = :id")
                .bind("id", id.value())
                .bind("chain", chainId)
                .execute();
    }

    void setAttempt(Handle handle, RenderId id, AttemptToken token) {
        handle.createUpdate("UPDATE ray_render SET attempt = :token WHERE id = :id")
                .bind("id", id.value())
                .bind("token", token.value())
                .execute();
    }

    void countPaid(Handle handle, RenderId id) {
        handle.createUpdate("UPDATE ray_render SET paid_attempts = paid_attempts + 1 WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }

    void countRetry(Handle handle, RenderId id) {
        handle.createUpdate("UPDATE ray_render SET technical_retries = technical_retries + 1 WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }

    void postpone(Handle handle, RenderId id, long dueAt, String note) {
        handle.createUpdate(
                        """
                        UPDATE ray_render
                           SET due_at = :due, technical_retries = technical_retries + 1, note = :note
                         WHERE id = :id""")
                .bind("id", id.value())
                .bind("due", dueAt)
                .bind("note", Bounded.text(note))
                .execute();
    }

    void addConfirmed(Handle handle, RenderId id, long micros) {
        handle.createUpdate("UPDATE ray_render SET confirmed = confirmed + :micros WHERE id = :id")
                .bind("id", id.value())
                .bind("micros", micros)
                .execute();
    }

    /** One campaign's due work in plan order. */
    List<DueRender> due(Handle handle, long revisionId, String account, long now, int limit) {
        return handle.createQuery(DUE)
                .bind("revision", revisionId)
                .bind("account", account)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new DueRender(
                        new RenderId(row.getLong("id")),
                        row.getString("campaign"),
                        row.getString("label"),
                        Labels.provider(row.getString("provider")),
                        row.getString("account"),
                        RequestJson.read(row.getString("request")),
                        Map.of(),
                        row.getInt("paid_attempts"),
                        row.getInt("technical_retries")))
                .list();
    }

    /** The first retry time after {@code now}; drafts are never due later. */
    Optional<Instant> nextDue(Handle handle, String account, long now) {
        return handle.createQuery(
                        """
                        SELECT MIN(due_at) AS next FROM ray_render
                         WHERE state = 'planned' AND account = :account AND due_at > :now AND pending_parents = 0""")
                .bind("account", account)
                .bind("now", now)
                .map((row, context) -> Micros.optional(row, "next"))
                .one();
    }

    int dueLater(Handle handle, String account, long now) {
        return handle.createQuery(
                        """
                        SELECT COUNT(*) FROM ray_render
                         WHERE state = 'planned' AND account = :account AND due_at > :now AND pending_parents = 0""")
                .bind("account", account)
                .bind("now", now)
                .mapTo(Integer.class)
                .one();
    }

    /** How many renders are in a state that few renders are in at a time. */
    int count(Handle handle, RenderState state) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_render WHERE state = :state")
                .bind("state", state.label())
                .mapTo(Integer.class)
                .one();
    }

    List<RenderId> in(Handle handle, RenderState state) {
        return handle.createQuery("SELECT id FROM ray_render WHERE state = :state ORDER BY id")
                .bind("state", state.label())
                .map((row, context) -> new RenderId(row.getLong("id")))
                .list();
    }

    List<RenderingRender> rendering(Handle handle, long after, int limit) {
        return handle.createQuery(
                        """
                        SELECT r.id, c.name AS campaign, r.account, a.job, r.request, a.accepted_at, r.paid_attempts
                          FROM ray_render r
                          JOIN ray_campaign c ON c.id = r.campaign_id
                          JOIN ray_attempt a ON a.token = r.attempt
                         WHERE r.state = 'rendering' AND r.id > :after
                         ORDER BY r.id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new RenderingRender(
                        new RenderId(row.getLong("id")),
                        row.getString("campaign"),
                        row.getString("account"),
                        new ProviderJobId(row.getString("job")),
                        RequestJson.read(row.getString("request")),
                        Micros.instant(row, "accepted_at"),
                        row.getInt("paid_attempts")))
                .list();
    }
}
