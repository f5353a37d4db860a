package io.camelray.intake;

import io.camelray.rules.Stage;
import java.util.OptionalInt;

/** An axis and a different field of the same name contradict each other. */
final class AxisFields {

    private final Campaign campaign;

    AxisFields(Campaign campaign) {
        this.campaign = campaign;
    }

    void check(Violations violations) {
        campaign.steps().forEach(step -> step.own().forEach((field, value) -> {
            OptionalInt axis = campaign.matrix().axis(field.label());
            if (axis.isPresent()
                    && step.each().covers(axis.getAsInt())
                    && !campaign.matrix()
                            .axes()
                            .get(axis.getAsInt())
                            .values()
                            .map(Axis.Value::text)
                            .allMatch(Axis.text(value.node())::equals)) {
                violations.error(
                        Stage.CROSS_FIELD,
                        "matrix",
                        campaign.place(value.pointer()),
                        "'" + field.label() + "' is an axis of the matrix and has another value here.",
                        step.isWritten()
                                ? "Remove it, or leave the axis out of the step's each."
                                : "Remove one of the two.");
            }
        }));
    }
}
