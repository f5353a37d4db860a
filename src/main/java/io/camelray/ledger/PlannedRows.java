package io.camelray.ledger;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.RenderState;
import java.util.List;
import java.util.UUID;

/** What a plan writes into {@code ray_render}. */
final class PlannedRows {

    private PlannedRows() {}

    /** @param ids of each of them, in order @param planKeys likewise */
    static BulkRows of(
            List<PlannedRender> renders,
            List<Long> ids,
            List<UUID> planKeys,
            PlanKeys keys,
            long campaignId,
            long revisionId,
            String provider,
            String account,
            long now) {
        BulkRows rows = new BulkRows(
                "ray_render",
                "id",
                "campaign_id",
                "revision_id",
                "planned_in",
                "plan_key",
                "place",
                "ordinal",
                "step",
                "cell",
                "label",
                "line",
                "fingerprint",
                "generation",
                "provider",
                "account",
                "request",
                "shape",
                "expected",
                "upper_bound",
                "assumption",
                "state",
                "pending_parents",
                "due_at",
                "planned_at",
                "changed_at",
                "draft");
        for (int i = 0; i < renders.size(); i++) {
            PlannedRender render = renders.get(i);
            rows.add(
                    ids.get(i),
                    campaignId,
                    revisionId,
                    revisionId,
                    planKeys.get(i),
                    keys.place(render.step(), render.cell(), render.draft()),
                    render.ordinal(),
                    render.step(),
                    render.cell(),
                    render.label(),
                    render.line(),
                    render.fingerprint(),
                    render.generation(),
                    provider,
                    account,
                    RequestJson.write(render.request()),
                    RequestJson.shape(render.request()),
                    render.price().expected().micros(),
                    render.price().upperBound().micros(),
                    Bounded.text(render.price().assumption()),
                    RenderState.PLANNED.label(),
                    ParentTable.distinct(render).size(),
                    now,
                    now,
                    now,
                    render.draft());
        }
        return rows;
    }
}
