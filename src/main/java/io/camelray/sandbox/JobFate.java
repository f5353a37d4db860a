package io.camelray.sandbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a job will end; settled when it is accepted. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobFate.Completes.class, name = "completes"),
    @JsonSubTypes.Type(value = JobFate.Fails.class, name = "fails"),
    @JsonSubTypes.Type(value = JobFate.Stuck.class, name = "stuck"),
    @JsonSubTypes.Type(value = JobFate.Stopped.class, name = "stopped")
})
sealed interface JobFate {

    /** It completes, and its description is odd in some way. */
    record Completes(Quirk quirk) implements JobFate {}

    /**
     * It fails.
     *
     * @param code may be null, as the provider's may
     * @param chargedPercent how much of the price is kept
     */
    record Fails(String code, String reason, int chargedPercent) implements JobFate {

        /** The reason for a provider that has no codes, so that its text must tell one from another. */
        String text() {
            boolean said = code == null || code.equals("generation_failed") || code.equals("invalid_request");
            return said ? reason : reason + ": " + code.replace('_', ' ');
        }
    }

    /** It stays in a state for good. */
    record Stuck(JobState state) implements JobFate {}

    /** It is stopped at its end: canceled or aborted. */
    record Stopped(JobState state) implements JobFate {}

    /** What is odd about a completed job. */
    enum Quirk {
        NONE,
        EMPTY_OUTPUT,
        UNKNOWN_OUTPUT_TYPE,
        EXR_MISSING,
        EXR_FIRST,
        EXR_ZIP,
        THUMBNAIL_MISSING,
        MODEL_ECHO,
        /** HDR was asked for and paid, and the clip is SDR. */
        HDR_AS_SDR,
        /** The output follows the prompt alone. */
        SOURCE_IGNORED
    }

    JobFate WELL = new Completes(Quirk.NONE);

    static JobFate failed(String code) {
        return new Fails(code, "Generation failed", 0);
    }

    /** What an action at the job stage makes of a job. Only Replicate never bills for what gave no output. */
    static JobFate of(FailureAction action, Provider provider, boolean firstTry) {
        return switch (action) {
            case CONTENT_MODERATED -> new Fails("content_moderated", "Content was blocked by moderation", 0);
            case BUDGET_EXHAUSTED ->
                new Fails(
                        "budget_exhausted", "Balance ran out during the job", provider == Provider.REPLICATE ? 0 : 50);
            case NULL_CODE -> failed(null);
            case UNKNOWN_CODE -> failed("gremlins");
            case STUCK_QUEUED -> new Stuck(JobState.QUEUED);
            case STUCK_PROCESSING -> new Stuck(JobState.PROCESSING);
            case EMPTY_OUTPUT -> new Completes(Quirk.EMPTY_OUTPUT);
            case UNKNOWN_OUTPUT_TYPE -> new Completes(Quirk.UNKNOWN_OUTPUT_TYPE);
            case EXR_MISSING -> new Completes(Quirk.EXR_MISSING);
            case EXR_FIRST -> new Completes(Quirk.EXR_FIRST);
            case EXR_ZIP -> new Completes(Quirk.EXR_ZIP);
            case THUMBNAIL_MISSING -> new Completes(Quirk.THUMBNAIL_MISSING);
            case MODEL_ECHO -> new Completes(Quirk.MODEL_ECHO);
            case HDR_AS_SDR -> new Completes(Quirk.HDR_AS_SDR);
            case SOURCE_IGNORED -> new Completes(Quirk.SOURCE_IGNORED);
            case CANCELLED -> new Stopped(JobState.CANCELED);
            case FAIL_FIRST_TRY -> firstTry ? failed("generation_failed") : WELL;
            case GENERATION_FAILED,
                    OUTPUT_NOT_FOUND,
                    IMAGE_TOO_LARGE,
                    UNSUPPORTED_FORMAT,
                    CORRUPT_INPUT,
                    INVALID_REQUEST,
                    UPSTREAM_RATE_LIMITED -> failed(action.wireName());
            default -> throw new IllegalArgumentException(action + " is not about jobs");
        };
    }
}
