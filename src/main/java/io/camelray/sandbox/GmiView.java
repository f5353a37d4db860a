package io.camelray.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A job as GMI describes it; each description of a successful one carries new URLs. */
final class GmiView {

    private final OutputUrls urls;
    private final boolean allStates;

    GmiView(OutputUrls urls, boolean allStates) {
        this.urls = urls;
        this.allStates = allStates;
    }

    /** What a submission is answered with. */
    ObjectNode submitted(Job job, Instant now) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("request_id", job.id());
        view.put("model", job.quirk() == JobFate.Quirk.MODEL_ECHO ? "luma-ray-3-generate" : job.model());
        view.put("status", status(job, now));
        view.put("created_at", seconds(job.acceptedAt()));
        view.put("queued_at", seconds(job.acceptedAt()));
        view.put("updated_at", seconds(updatedAt(job, now)));
        return view;
    }

    /** The whole of it. */
    ObjectNode describe(Job job, Instant now) {
        ObjectNode view = submitted(job, now);
        view.put("org_id", job.account());
        view.put("is_public", false);
        view.set("payload", job.body().path("payload"));
        JobState state = job.state(now);
        if (state == JobState.COMPLETED) {
            succeed(view.putObject("outcome"), job, now);
        } else if (state == JobState.FAILED && job.fate() instanceof JobFate.Fails fate) {
            view.putObject("outcome").put("error", fate.text());
        } else {
            view.putNull("outcome");
        }
        return view;
    }

    private void succeed(ObjectNode outcome, Job job, Instant now) {
        JobFate.Quirk quirk = job.quirk();
        if (quirk == JobFate.Quirk.EMPTY_OUTPUT) {
            return;
        }
        boolean first = quirk == JobFate.Quirk.EXR_FIRST;
        if (job.exrDelivered() && first) {
            put(outcome, "exr_url", job, OutputFile.EXR, now);
        }
        String name = quirk == JobFate.Quirk.UNKNOWN_OUTPUT_TYPE ? "hologram_url" : "video_url";
        put(outcome, name, job, OutputFile.CLIP, now);
        outcome.put("generation_id", job.chainId());
        if (quirk != JobFate.Quirk.THUMBNAIL_MISSING) {
            put(outcome, "thumbnail_image_url", job, OutputFile.THUMBNAIL, now);
        }
        if (job.exrDelivered() && !first) {
            put(outcome, "exr_url", job, OutputFile.exrOf(job), now);
        }
    }

    private void put(ObjectNode outcome, String name, Job job, OutputFile file, Instant now) {
        outcome.put(name, urls.url(job, file, now).toString());
    }

    private String status(Job job, Instant now) {
        return switch (job.state(now)) {
            case QUEUED -> allStates ? waiting(job, now) : "queued";
            case PROCESSING -> "processing";
            case COMPLETED -> "success";
            case FAILED -> "failed";
            case CANCELED, ABORTED -> "cancelled";
        };
    }

    private static String waiting(Job job, Instant now) {
        long passed = now.toEpochMilli() - job.acceptedAt();
        long third = (job.startsAt() - job.acceptedAt()) / 3;
        return passed < third ? "created" : passed < 2 * third ? "queued" : "dispatched";
    }

    private static long updatedAt(Job job, Instant now) {
        return switch (job.state(now)) {
            case QUEUED -> job.acceptedAt();
            case PROCESSING -> job.startsAt();
            default -> job.endsAt();
        };
    }

    private static long seconds(long millis) {
        return millis / 1000;
    }
}
