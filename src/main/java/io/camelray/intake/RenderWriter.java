package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import java.util.Arrays;
import java.util.List;

/** Makes the ledger's renders of a plan that has been checked, in order. */
final class RenderWriter {

    private final PlanCheck.Plan plan;
    private final int generation;
    private int ordinal;

    RenderWriter(PlanCheck.Plan plan, int generation) {
        this.plan = plan;
        this.generation = generation;
    }

    PlannedRender render(Cell cell) {
        Violations told = new Violations();
        Variant variant = plan.variants().read(cell, told);
        return new PlannedRender(
                Manifest.STEP,
                plan.campaign().matrix().canonical(cell),
                variant.label(),
                ordinal++,
                Fingerprint.of(variant.request()),
                generation,
                variant.request(),
                variant.price(),
                plan.keys().of(variant, told).list(),
                line(cell),
                List.of());
    }

    /** The line that asked for this cell: its include, its value on the first axis, or the prompt. */
    private int line(Cell cell) {
        Campaign campaign = plan.campaign();
        if (plan.expansion().isAdded(cell)) {
            return campaign.matrix().includes().stream()
                    .filter(include -> Arrays.equals(include.pattern(), cell.at()))
                    .findFirst()
                    .map(include -> campaign.place(include.pointer()).line())
                    .orElse(0);
        }
        String pointer = campaign.matrix().axes().isEmpty()
                ? campaign.effective(RenderField.PROMPT, cell)
                        .map(FieldValue::pointer)
                        .orElse("")
                : campaign.matrix().axes().get(0).value(cell.at()[0]).pointer();
        return campaign.place(pointer).line();
    }
}
