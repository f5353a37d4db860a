package io.camelray.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/**
 * One accepted, and so paid, generation. Nothing in it changes: its state follows from the time. Times are in
 * milliseconds since the epoch.
 *
 * @param chainId what later requests call its output: at Luma its id, at GMI another one, at Replicate nothing
 * @param provider which API accepted it
 * @param body the request as it came, long texts abridged
 * @param requestHash equal for equal requests of one account
 * @param requestId the {@code X-Request-Id} of the request
 * @param deadline when the provider stops it at the caller's wish; 0 for never
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Job(
        String id,
        String chainId,
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
        long deadline,
        long priceMicros,
        JobFate fate,
        ClipSpec clip) {

    /** A job that has not ended by then no longer holds a slot. */
    static final Duration SLOT_LIFE = Duration.ofHours(1);

    JobState state(Instant now) {
        long time = now.toEpochMilli();
        if (fate instanceof JobFate.Stopped stopped && time >= endsAt) {
            return stopped.state();
        }
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
        JobState state = state(now);
        if (state == JobState.FAILED && fate instanceof JobFate.Fails fails) {
            return priceMicros * fails.chargedPercent() / 100;
        }
        return state == JobState.ABORTED ? 0 : priceMicros;
    }

    /** The same job, stopped: aborted if it has not started by then, else canceled. One that has ended stays. */
    Job stoppedAt(long time) {
        JobState state = state(Instant.ofEpochMilli(time));
        if (state.isTerminal()) {
            return this;
        }
        JobFate stopped = new JobFate.Stopped(state == JobState.QUEUED ? JobState.ABORTED : JobState.CANCELED);
        long starts = state == JobState.QUEUED ? time : startsAt;
        return new Job(
                id,
                chainId,
                provider,
                account,
                type,
                model,
                prompt,
                body,
                requestHash,
                requestId,
                acceptedAt,
                starts,
                time,
                deadline,
                priceMicros,
                stopped,
                clip);
    }

    /** Whether the output's files are gone: so long after its end. */
    boolean isRemoved(Duration retention, Instant now) {
        return state(now).isTerminal() && now.toEpochMilli() >= endsAt + retention.toMillis();
    }

    boolean isAt(Provider api) {
        return provider.equals(api.wireName());
    }

    /** What is delivered; not always what was asked for. */
    ClipSpec delivered() {
        JobFate.Quirk quirk = quirk();
        if (quirk == JobFate.Quirk.HDR_AS_SDR) {
            return new ClipSpec(clip.resolution(), clip.ratio(), clip.seconds(), false, clip.exr());
        }
        if (quirk == JobFate.Quirk.SOURCE_IGNORED) {
            return new ClipSpec(clip.resolution(), "16:9", 5, clip.hdr(), clip.exr());
        }
        return clip;
    }

    JobFate.Quirk quirk() {
        return fate instanceof JobFate.Completes completes ? completes.quirk() : JobFate.Quirk.NONE;
    }

    boolean exrDelivered() {
        return clip.exr() && quirk() != JobFate.Quirk.EXR_MISSING;
    }

    FailureInjector.Subject subject() {
        return new FailureInjector.Subject(prompt, clip.resolution(), type, provider);
    }
}
