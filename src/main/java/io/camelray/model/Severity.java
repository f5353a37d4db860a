package io.camelray.model;

/** How much a violation matters. */
public enum Severity implements Labelled {
    /** Refuses the whole manifest. */
    ERROR("error"),
    /** Accepted, and said in the plan and the report. */
    WARNING("warning");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
