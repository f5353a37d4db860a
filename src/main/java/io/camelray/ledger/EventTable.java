package io.camelray.ledger;

import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.Ledger.Change;
import io.camelray.model.AttemptToken;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** {@code ray_event}: the history; rows are only ever appended. What is appended also waits for the events channel. */
final class EventTable {

    private final EventQueue queue = new EventQueue();

    EventQueue queue() {
        return queue;
    }

    /** An event as it was written. */
    record EventRow(LedgerEvent bare, Optional<RenderId> render) {

        LedgerEvent event(Optional<RenderRecord> record) {
            return new LedgerEvent(
                    bare.id(),
                    bare.at(),
                    bare.kind(),
                    bare.account(),
                    bare.campaign(),
                    bare.attempt(),
                    bare.from(),
                    bare.to(),
                    bare.detail(),
                    record);
        }
    }

    /** In order of their ids. */
    List<EventRow> get(Handle handle, List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(
                        """
                        SELECT e.*, c.name AS campaign FROM ray_event e LEFT JOIN ray_campaign c ON c.id = e.campaign_id
                         WHERE e.id IN (<ids>) ORDER BY e.id""")
                .bindList("ids", ids)
                .map((row, context) -> new EventRow(
                        new LedgerEvent(
                                row.getLong("id"),
                                Micros.instant(row, "at"),
                                row.getString("kind"),
                                Optional.ofNullable(row.getString("account")),
                                Optional.ofNullable(row.getString("campaign")),
                                Optional.ofNullable(row.getObject("attempt", UUID.class))
                                        .map(AttemptToken::new),
                                Optional.ofNullable(row.getString("from_state")).map(Labels::state),
                                Optional.ofNullable(row.getString("to_state")).map(Labels::state),
                                row.getString("detail"),
                                Optional.empty()),
                        row.getObject("render_id") == null
                                ? Optional.empty()
                                : Optional.of(new RenderId(row.getLong("render_id")))))
                .list();
    }

    /** One render went from one state to another. */
    void moved(
            Transaction tx,
            RenderTable.RenderRow render,
            RenderState to,
            Optional<AttemptToken> attempt,
            String detail) {
        append(
                tx,
                "render",
                render.account(),
                render.campaignId(),
                render.id().value(),
                attempt,
                render.state(),
                to,
                detail);
    }

    /** Many renders go from where each is now to one state: tell before they are changed. */
    void movedAll(Transaction tx, List<Long> renders, RenderState to, String detail) {
        Update insert = tx.handle()
                .createUpdate(
                        """
                        INSERT INTO ray_event (at, kind, account, campaign_id, render_id, attempt,
                                               from_state, to_state, detail)
                        SELECT :at, 'render', r.account, r.campaign_id, r.id, r.attempt, r.state, :to, :detail
                          FROM ray_render r WHERE r.id IN (<renders>)""")
                .bind("at", tx.nowMicros())
                .bind("to", to.label())
                .bind("detail", Bounded.text(detail))
                .bindList("renders", renders);
        List<Long> ids = insert(tx, insert);
        if (!ids.isEmpty()) {
            queue.addRenders(tx.handle(), ids, tx.nowMicros());
        }
    }

    /** @return the ids of what was inserted, if anybody wants to hear of it */
    private List<Long> insert(Transaction tx, Update insert) {
        if (!queue.isOpen(tx.handle())) {
            insert.execute();
            return List.of();
        }
        tx.announce(Change.EVENT);
        return insert.executeAndReturnGeneratedKeys("id").mapTo(Long.class).list();
    }

    /** Something about one render that is no change of its state. */
    void noted(
            Transaction tx, String kind, RenderTable.RenderRow render, Optional<AttemptToken> attempt, String detail) {
        append(
                tx,
                kind,
                render.account(),
                render.campaignId(),
                render.id().value(),
                attempt,
                render.state(),
                render.state(),
                detail);
    }

    void campaign(Transaction tx, String kind, long campaignId, String detail) {
        append(tx, kind, null, campaignId, null, Optional.empty(), null, null, detail);
    }

    void account(Transaction tx, String kind, String account, String detail) {
        append(tx, kind, account, null, null, Optional.empty(), null, null, detail);
    }

    private void append(
            Transaction tx,
            String kind,
            String account,
            Long campaignId,
            Long renderId,
            Optional<AttemptToken> attempt,
            RenderState from,
            RenderState to,
            String detail) {
        Update insert = tx.handle()
                .createUpdate(
                        """
                        INSERT INTO ray_event (at, kind, account, campaign_id, render_id, attempt,
                                               from_state, to_state, detail)
                        VALUES (:at, :kind, :account, :campaign, :render, CAST(:attempt AS UUID), :from, :to,
                                :detail)""")
                .bind("at", tx.nowMicros())
                .bind("kind", kind)
                .bind("account", account)
                .bind("campaign", campaignId)
                .bind("render", renderId)
                .bind("attempt", attempt.map(AttemptToken::value).orElse(null))
                .bind("from", from == null ? null : from.label())
                .bind("to", to == null ? null : to.label())
                .bind("detail", Bounded.text(detail));
        List<Long> ids = insert(tx, insert);
        if (!ids.isEmpty()) {
            queue.add(tx.handle(), subject(campaignId, renderId), ids, tx.nowMicros());
        }
    }

    /** The latest moment on record: every change appends an event, and a program that works is heard of. */
    static Optional<Instant> lastMoment(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT MAX(at) AS at FROM (
                            SELECT at FROM (SELECT at FROM ray_event ORDER BY id DESC FETCH FIRST 100 ROWS ONLY) e
                            UNION ALL SELECT beat_at FROM ray_node) moments""")
                .map((row, context) -> Micros.optional(row, "at"))
                .one();
    }

    private static long subject(Long campaignId, Long renderId) {
        if (renderId != null) {
            return renderId;
        }
        return campaignId == null ? 0 : -campaignId;
    }
}
