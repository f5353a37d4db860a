package io.camelray.intake;

import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;

/** Where what is wrong with one variant's fields is told. */
record Complaints(Places places, Names names, Violations violations) {

    /**
     * Tells that a value is wrong: once and for all if it is written so, else for this variant.
     *
     * @param filled whether the value was made by a template
     */
    void refuse(boolean filled, Stage stage, Violation violation) {
        if (!filled) {
            violations.error(stage, violation.rule(), violation.place(), violation.message(), violation.remedy());
            return;
        }
        violations.inVariant(
                stage,
                "value\n" + violation.place().pointer() + '\n' + violation.message(),
                () -> new Violation(
                        violation.rule(),
                        violation.severity(),
                        violation.place(),
                        violation.message(),
                        violation.remedy(),
                        names.label()));
    }

    void refuse(boolean filled, String rule, String pointer, String message, String remedy) {
        refuse(filled, Stage.REFERENCES, new Violation(rule, Severity.ERROR, places.of(pointer), message, remedy, ""));
    }
}
