package io.camelray.ledger;

import io.camelray.model.AttemptToken;
import io.camelray.model.RenderState;
import java.util.List;
import java.util.Optional;

/** {@code ray_event}: the history; rows are only ever appended. */
final class EventTable {

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
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO ray_event (at, kind, account, campaign_id, render_id, attempt,
                                               from_state, to_state, detail)
                        SELECT :at, 'render', r.account, r.campaign_id, r.id, r.attempt, r.state, :to, :detail
                          FROM ray_render r WHERE r.id IN (<renders>)""")
                .bind("at", tx.nowMicros())
                .bind("to", to.label())
                .bind("detail", Bounded.text(detail))
                .bindList("renders", renders)
                .execute();
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

    private static void append(
            Transaction tx,
            String kind,
            String account,
            Long campaignId,
            Long renderId,
            Optional<AttemptToken> attempt,
            RenderState from,
            RenderState to,
            String detail) {
        tx.handle()
                .createUpdate(
                        """
                        INSERT INTO ray_event (at, kind, account, campaign_id, render_id, attempt,
                                               from_state, to_state, detail)
                        VALUES (:at, :kind, :account, :campaign, :render, :attempt, :from, :to, :detail)""")
                .bind("at", tx.nowMicros())
                .bind("kind", kind)
                .bind("account", account)
                .bind("campaign", campaignId)
                .bind("render", renderId)
                .bind("attempt", attempt.map(AttemptToken::value).orElse(null))
                .bind("from", from == null ? null : from.label())
                .bind("to", to == null ? null : to.label())
                .bind("detail", Bounded.text(detail))
                .execute();
    }
}
