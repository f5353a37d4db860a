package io.camelray.component;

import io.camelray.model.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The request cannot be rendered; nothing was planned, and nothing paid. */
public final class RayRejectedException extends RayException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    RayRejectedException(String key, String operation, List<Violation> violations) {
        super(
                key,
                "ray:" + operation + " cannot do this: "
                        + violations.stream()
                                .filter(Violation::refuses)
                                .map(RayRejectedException::sentence)
                                .collect(Collectors.joining(" ")));
        this.violations = List.copyOf(violations);
    }

    private static String sentence(Violation violation) {
        String field = violation.place().pointer();
        return "[" + violation.rule() + (field.isEmpty() ? "" : " " + field) + "] " + violation.message() + " "
                + violation.remedy();
    }

    /** Everything that is wrong, and what is doubtful; the pointer of a place is the name of an option. */
    public List<Violation> getViolations() {
        return violations;
    }
}
