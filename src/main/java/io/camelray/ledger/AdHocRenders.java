package io.camelray.ledger;

import io.camelray.ledger.AdHocLedger.Progress;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.RenderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ray_render}, as those see it who wait for single renders. Everything is found by a key of an index. */
final class AdHocRenders {
    private static final int BATCH = 500;

    private final LedgerDatabase database;

    AdHocRenders(LedgerDatabase database) {
        this.database = database;
    }

    List<RenderId> open(Duration untouchedFor) {
        return database.read(handle -> handle.createQuery(
                        """
                        SELECT r.id
                          FROM ray_campaign c JOIN ray_render r ON r.revision_id = c.current_revision
                         WHERE c.name LIKE :adHoc
                           AND r.state NOT IN ('delivered', 'failed', 'cancelled') AND r.changed_at <= :before
                         ORDER BY r.id""")
                .bind("adHoc", AdHocLedger.PREFIX + '%')
                .bind("before", Micros.of(database.now(handle).minus(untouchedFor)))
                .map((row, context) -> new RenderId(row.getLong("id")))
                .list());
    }

    List<Progress> progress(Collection<RenderId> renders) {
        List<Long> ids = renders.stream().map(RenderId::value).toList();
        List<Progress> progress = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += BATCH) {
            progress.addAll(progressOf(ids.subList(start, Math.min(start + BATCH, ids.size()))));
        }
        return progress;
    }

    private List<Progress> progressOf(List<Long> ids) {
        return database.read(handle -> handle.createQuery(
                        """
                        SELECT r.id, r.account, r.state,
                               CASE WHEN r.state = 'planned' AND r.pending_parents = 0 AND r.due_at <= :now THEN 1
                                    WHEN w.due_at <= :now AND w.lease_until <= :now THEN 1
                                    ELSE 0 END AS due
                          FROM ray_render r
                          LEFT JOIN ray_waiting w ON w.queue = 'delivery' AND w.render_id = r.id
                         WHERE r.id IN (<ids>)
                         ORDER BY r.id""")
                .bindList("ids", ids)
                .bind("now", Micros.of(database.now(handle)))
                .map((row, context) -> new Progress(
                        new RenderId(row.getLong("id")),
                        row.getString("account"),
                        Labels.state(row.getString("state")),
                        row.getInt("due") == 1))
                .list());
    }

    Optional<DueRender> due(RenderId render) {
        return database.read(handle -> handle.createQuery(
                        """
                        SELECT r.id, c.name AS campaign, r.label, r.provider, r.account, r.request, r.paid_attempts,
                               r.technical_retries
                          FROM ray_render r JOIN ray_campaign c ON c.current_revision = r.revision_id
                         WHERE r.id = :id AND r.state = 'planned' AND r.pending_parents = 0 AND r.due_at <= :now""")
                .bind("id", render.value())
                .bind("now", Micros.of(database.now(handle)))
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
                .findOne());
    }

    Optional<String> chainId(RenderId render) {
        return database.read(
                handle -> handle.createQuery("SELECT chain_id FROM ray_render WHERE id = :id AND chain_id IS NOT NULL")
                        .bind("id", render.value())
                        .mapTo(String.class)
                        .findOne());
    }
}
