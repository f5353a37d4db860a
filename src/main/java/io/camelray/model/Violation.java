package io.camelray.model;

/**
 * One thing that is wrong, or doubtful, with what a user asked for.
 *
 * @param rule the rule's id in the provider's fact sheet ({@code R29}), or a name of our own ({@code template})
 * @param severity whether it refuses the manifest
 * @param place where it stands
 * @param message what is wrong and why, one sentence
 * @param remedy what would be accepted, one sentence
 * @param variant the cell it concerns, or empty when it concerns them all
 */
public record Violation(String rule, Severity severity, Place place, String message, String remedy, String variant) {

    /** Whatever is quoted in them, message and remedy are one line each. */
    public Violation {
        message = Printable.of(message);
        remedy = Printable.of(remedy);
    }

    public boolean refuses() {
        return severity == Severity.ERROR;
    }
}
