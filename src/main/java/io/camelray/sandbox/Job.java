package io.camelray.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/**
 * One accepted, and so paid, generation. Nothing in it changes: its state follows from the time. Times are in
 * milliseconds since the epoch.
 *
 * @param provider which API accepted it
 * @param body the request as it came, long texts abridged
 * @param requestHash equal for equal requests of one account
 * @param requestId the {@code X-Request-Id} of the request
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Job(
        String id,
        String provider,
        String account,
        String type,
        String model,
        String prompt,
        JsonNode body,
        String requestHash,
        String requestId,
        long acceptedAt,
        long startsAt,
        long endsAt,
        long priceMicros,
        JobFate fate,
        ClipSpec clip) {

    /** A job that has not ended by then no longer holds a slot. */
    static final Duration SLOT_LIFE = Duration.ofHours(1);

    JobState state(Instant now) {
        long time = now.toEpochMilli();
        if (time < startsAt) {
            return JobState.QUEUED;
        }
        if (fate instanceof JobFate.Stuck stuck) {
            return stuck.state();
        }
        if (time < endsAt) {
            return JobState.PROCESSING;
        }
        return fate instanceof JobFate.Fails ? JobState.FAILED : JobState.COMPLETED;
    }

    boolean holdsSlot(Instant now) {
        return !state(now).isTerminal() && now.toEpochMilli() < acceptedAt + SLOT_LIFE.toMillis();
    }

    /** The money kept by now: the whole price is reserved until the job fails. */
    long chargedMicros(Instant now) {
        if (state(now) == JobState.FAILED && fate instanceof JobFate.Fails fails) {
            return priceMicros * fails.chargedPercent() / 100;
        }
        return priceMicros;
    }

    boolean exrDelivered() {
        return clip.exr() && !(fate instanceof JobFate.Completes c && c.quirk() == JobFate.Quirk.EXR_MISSING);
    }

    FailureInjector.Subject subject() {
        return new FailureInjector.Subject(prompt, clip.resolution(), type);
    }
}
