package io.camelray.ledger;

import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** {@code ray_render}, those in flight: which life of a node submits and polls them. */
final class InFlightTable {

    private static final String IN_FLIGHT = " WHERE state IN ('submitting', 'unknown', 'rendering')";

    /** Makes a render some node's to submit or to poll. */
    void own(Handle handle, RenderId id, long epoch) {
        handle.createUpdate("UPDATE ray_render SET epoch = :epoch WHERE id = :id")
                .bind("id", id.value())
                .bind("epoch", epoch)
                .execute();
    }

    /** Makes all that is in flight one node's. */
    void ownAll(Handle handle, long epoch) {
        handle.createUpdate("UPDATE ray_render SET epoch = :epoch" + IN_FLIGHT)
                .bind("epoch", epoch)
                .execute();
    }

    /** Makes what one life had in flight another life's. */
    void inherit(Handle handle, long from, long to) {
        handle.createUpdate("UPDATE ray_render SET epoch = :to" + IN_FLIGHT + " AND epoch = :from")
                .bind("from", from)
                .bind("to", to)
                .execute();
    }

    /** Renders that nobody living polls. They are locked one by one when they are taken. */
    List<RenderId> unwatched(Handle handle, Collection<String> accounts, int limit) {
        return handle.createQuery("SELECT id FROM ray_render WHERE state = 'rendering' AND account IN (<accounts>)"
                        + " AND epoch" + NodeTable.NOBODYS + " ORDER BY id FETCH FIRST :limit ROWS ONLY")
                .bindList("accounts", List.copyOf(accounts))
                .bind("limit", limit)
                .map((row, context) -> new RenderId(row.getLong("id")))
                .list();
    }

    /** Takes renders that nobody living polls. @return how many of them still were */
    int take(Handle handle, List<RenderId> renders, long epoch) {
        return handle.createUpdate("UPDATE ray_render SET epoch = :epoch WHERE id IN (<renders>)"
                        + " AND state = 'rendering' AND epoch" + NodeTable.NOBODYS)
                .bindList("renders", renders.stream().map(RenderId::value).toList())
                .bind("epoch", epoch)
                .execute();
    }

    /** What one life is submitting. */
    List<RenderId> submitting(Handle handle, long epoch) {
        return handle.createQuery("SELECT id FROM ray_render WHERE state = 'submitting' AND epoch = :epoch ORDER BY id")
                .bind("epoch", epoch)
                .map((row, context) -> new RenderId(row.getLong("id")))
                .list();
    }

    /** What a life that is over was submitting, and cannot begin to any more. */
    List<RenderId> submittingNoMore(Handle handle, long now) {
        return handle.createQuery(
                        """
                        SELECT r.id FROM ray_render r JOIN ray_attempt a ON a.token = r.attempt
                         WHERE r.state = 'submitting' AND a.deadline_at < :now AND r.epoch"""
                                + NodeTable.NOBODYS + " ORDER BY r.id")
                .bind("now", now)
                .map((row, context) -> new RenderId(row.getLong("id")))
                .list();
    }

    /** Those that this life polls. */
    List<RenderingRender> rendering(Handle handle, long epoch, long after, int limit) {
        return rendering(handle, "", epoch, after, limit);
    }

    List<RenderingRender> cancelRequested(Handle handle, long epoch, int limit) {
        return rendering(handle, " AND r.cancel_requested IS NOT NULL", epoch, 0, limit);
    }

    private static List<RenderingRender> rendering(Handle handle, String which, long epoch, long after, int limit) {
        return handle.createQuery(
                        """
                        SELECT r.id, c.name AS campaign, r.account, a.job, r.request, a.accepted_at, r.paid_attempts
                          FROM ray_render r
                          JOIN ray_campaign c ON c.id = r.campaign_id
                          JOIN ray_attempt a ON a.token = r.attempt
                         WHERE r.state = 'rendering' AND r.epoch = :epoch AND r.id > :after"""
                                + which
                                + """

                         ORDER BY r.id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("epoch", epoch)
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
