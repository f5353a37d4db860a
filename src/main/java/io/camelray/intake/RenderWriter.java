package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Makes the ledger's renders of a plan that has been checked, in order. */
final class RenderWriter {

    private final PlanCheck.Plan plan;
    private final int generation;
    private int ordinal;

    RenderWriter(PlanCheck.Plan plan, int generation) {
        this.plan = plan;
        this.generation = generation;
    }

    PlannedRender render(Step step, Cell cell) {
        Violations told = new Violations();
        Variant variant = plan.variants().read(step, cell, told);
        return new PlannedRender(
                step.id(),
                plan.campaign().matrix().canonical(cell),
                variant.label(),
                ordinal++,
                variant.fingerprint(),
                generation,
                variant.request(),
                variant.price(),
                plan.keys().of(variant, told).list(),
                line(step, cell),
                variant.origin().parents().stream().map(this::parent).toList(),
                step.draft());
    }

    private Parent parent(Lineage.Ancestor ancestor) {
        return new Parent(ancestor.step().id(), plan.campaign().matrix().canonical(ancestor.cell()));
    }

    /** The line that asked for this cell: its include, its step, its value on the first axis, or the prompt. */
    private int line(Step step, Cell cell) {
        Campaign campaign = plan.campaign();
        if (plan.expansion(step).isAdded(cell)) {
            return campaign.matrix().includes().stream()
                    .filter(include -> CellPatterns.isWhole(include.pattern())
                            && Arrays.equals(step.each().project(include.pattern()), cell.at()))
                    .findFirst()
                    .map(include -> campaign.place(include.pointer()).line())
                    .orElse(0);
        }
        if (step.isWritten()) {
            return campaign.place(step.pointer()).line();
        }
        OptionalInt first = IntStream.range(0, cell.at().length)
                .filter(axis -> cell.at()[axis] != CellPatterns.ANY)
                .findFirst();
        String pointer = first.isEmpty()
                ? campaign.effective(RenderField.PROMPT, step, cell)
                        .map(FieldValue::pointer)
                        .orElse("")
                : campaign.matrix()
                        .axes()
                        .get(first.getAsInt())
                        .value(cell.at()[first.getAsInt()])
                        .pointer();
        return campaign.place(pointer).line();
    }
}
