package io.camelray.model;

/** Why a render ended as {@link RenderState#FAILED}; decides who can do what about it. */
public enum FailureClass implements Labelled {
    /** The provider refused the request itself (400, 413, 422); free. */
    REJECTED("rejected"),
    /** Prompt, input or output was blocked; refunded, never retried. */
    MODERATED("content_moderated"),
    /** The model failed; refunded, a new attempt may succeed. */
    GENERATION_FAILED("generation_failed"),
    /** The provider lost the artefacts; refunded, a new attempt may succeed. */
    OUTPUT_NOT_FOUND("output_not_found"),
    /** The balance ran out while it rendered; may be charged in part. */
    BUDGET_EXHAUSTED("budget_exhausted"),
    /** The provider could not use an input that was sent. */
    INPUT("input"),
    /** Technical retries are used up; nothing was paid. */
    UNREACHABLE("unreachable"),
    /** An earlier step of the same variant failed. */
    PARENT("parent"),
    /** Finished and paid for, but its output could not be stored. */
    DELIVERY("delivery"),
    /** A person gave up on it. */
    ABANDONED("abandoned"),
    /** The provider named a reason that we do not know. */
    OTHER("other");

    private final String label;

    FailureClass(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether another paid attempt may succeed without changing anything (Luma error handling; U14). */
    public boolean worthAnotherAttempt() {
        return this == GENERATION_FAILED || this == OUTPUT_NOT_FOUND;
    }
}
