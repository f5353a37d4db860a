package io.camelray.ledger;

import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.AttemptToken;
import io.camelray.model.GenerationFacts;
import io.camelray.model.HoldReason;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
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
            long epoch,
            int technicalRetries,
            boolean cancelRequested,
            Instant notBefore) {

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
            row.getLong("epoch"),
            row.getInt("technical_retries"),
            row.getObject("cancel_requested") != null,
            Micros.instant(row, "not_before"));

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

    /**
     * Both parts begin at an index. That on the chain is ordered by provider first: H2 would follow it wherever a parent
     * without a chain is looked for, if it began with that. The second part must not be tempted to.
     */
    static final String GENERATION =
            """
            SELECT r.account, r.state, r.request, r.chain_id
              FROM ray_render r
             WHERE r.provider = :provider AND r.chain_id = :id
            UNION ALL
            SELECT r.account, r.state, r.request, r.chain_id
              FROM ray_account c
              JOIN ray_attempt a ON a.account = c.name AND a.job = :id
              JOIN ray_render r ON r.id = a.render_id
             WHERE c.provider = 'luma' AND c.provider = :provider AND COALESCE(r.chain_id, '') = ''""";

    Optional<Owner> owner(Handle handle, RenderId id) {
        return handle.createQuery("SELECT campaign_id, account FROM ray_render WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Owner(row.getLong("campaign_id"), row.getString("account")))
                .findOne();
    }

    /** Whether the render is part of an accepted plan: nothing sees those of a draft. */
    boolean isAccepted(Handle handle, RenderId id) {
        return handle.createQuery(
                                """
                        SELECT COUNT(*) FROM ray_render r JOIN ray_revision v ON v.id = r.revision_id
                         WHERE r.id = :id AND v.state = 'accepted'""")
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Why the render is held; empty unless it is. */
    Optional<HoldReason> held(Handle handle, RenderId id) {
        return handle.createQuery("SELECT held FROM ray_render WHERE id = :id AND state = 'held'")
                .bind("id", id.value())
                .map((row, context) -> Labelled.of(HoldReason.class, row.getString("held")))
                .findOne();
    }

    /** Waits for the render's row and keeps it: whoever takes it over waits until what is decided about it is done. */
    RenderRow get(Handle handle, RenderId id) {
        return handle.createQuery(
                        """
                        SELECT id, campaign_id, revision_id, account, shape, expected, upper_bound, assumption, state,
                               due_at, pending_parents, attempt, epoch, technical_retries, cancel_requested, not_before
                          FROM ray_render WHERE id = :id FOR UPDATE""")
                .bind("id", id.value())
                .map(ROW)
                .one();
    }

    /** A render that a draft has twice, if there is one; reads all of the draft. */
    Optional<String> repeated(Handle handle, long draft) {
        return handle.createQuery(
                        """
                        SELECT MIN(step) AS step, MIN(cell) AS cell FROM ray_render
                         WHERE revision_id = :draft GROUP BY plan_key HAVING COUNT(*) > 1
                         FETCH FIRST 1 ROWS ONLY""")
                .bind("draft", draft)
                .map((row, context) ->
                        "the render of step '" + row.getString("step") + "' for " + row.getString("cell"))
                .findOne();
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

    void note(Handle handle, RenderId id, String note) {
        handle.createUpdate("UPDATE ray_render SET note = :note WHERE id = :id")
                .bind("id", id.value())
                .bind("note", Bounded.text(note))
                .execute();
    }

    /** Why it waits, or what a person should know. */
    String note(Handle handle, RenderId id) {
        return handle.createQuery("SELECT note FROM ray_render WHERE id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .one();
    }

    void requestCancel(Handle handle, RenderId id, long now) {
        handle.createUpdate("UPDATE ray_render SET cancel_requested = :now WHERE id = :id AND cancel_requested IS NULL")
                .bind("id", id.value())
                .bind("now", now)
                .execute();
    }

    /** By what it is chained with; before it is complete that is known only where the job's own id is meant (Luma). */
    Optional<GenerationFacts> findGeneration(Handle handle, ProviderName provider, String id) {
        return handle.createQuery(GENERATION)
                .bind("id", id)
                .bind("provider", provider.label())
                .map((row, context) -> new GenerationFacts(
                        row.getString("account"),
                        row.getString("chain_id") != null || isDone(Labels.state(row.getString("state"))),
                        Labels.state(row.getString("state")),
                        RequestJson.read(row.getString("request"))))
                .findFirst();
    }

    private static boolean isDone(RenderState state) {
        return state == RenderState.RENDERED || state == RenderState.DELIVERED;
    }

    void setChain(Handle handle, RenderId id, String chainId) {
        handle.createUpdate("UPDATE ray_render SET chain_id = :chain WHERE id = :id")
                .bind("id", id.value())
                .bind("chain", chainId)
                .execute();
    }

    void setAttempt(Handle handle, RenderId id, AttemptToken token, long epoch) {
        handle.createUpdate("UPDATE ray_render SET attempt = :token, epoch = :epoch WHERE id = :id")
                .bind("id", id.value())
                .bind("token", token.value())
                .bind("epoch", epoch)
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

    /** How many renders are in a state that few renders are in at a time; literal, for an index on some states only. */
    int count(Handle handle, RenderState state) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_render WHERE state = '" + state.label() + "'")
                .mapTo(Integer.class)
                .one();
    }
}
