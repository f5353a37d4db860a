package io.camelray.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A job as Luma describes it; each description of a completed one carries new URLs. */
final class LumaView {

    private final OutputUrls urls;

    LumaView(OutputUrls urls) {
        this.urls = urls;
    }

    ObjectNode describe(Job job, Instant now) {
        JobState state = job.state(now);
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", job.id());
        view.put("type", job.type());
        view.put("state", state.wireName());
        view.put("model", job.model());
        view.put(
                "created_at",
                Instant.ofEpochMilli(job.acceptedAt())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        ArrayNode output = view.putArray("output");
        view.putNull("failure_reason");
        view.putNull("failure_code");
        if (state == JobState.COMPLETED && job.fate() instanceof JobFate.Completes fate) {
            complete(view, output, job, fate.quirk(), now);
        }
        if (state == JobState.FAILED && job.fate() instanceof JobFate.Fails fate) {
            view.put("failure_reason", fate.reason());
            view.put("failure_code", fate.code());
        }
        return view;
    }

    private void complete(ObjectNode view, ArrayNode output, Job job, JobFate.Quirk quirk, Instant now) {
        if (quirk == JobFate.Quirk.MODEL_ECHO) {
            view.put("model", "ray-3");
        }
        if (quirk == JobFate.Quirk.EMPTY_OUTPUT) {
            return;
        }
        boolean exr = job.exrDelivered();
        OutputFile exrFile = OutputFile.exrOf(job);
        if (exr && quirk == JobFate.Quirk.EXR_FIRST) {
            add(output, "exr", job, exrFile, now);
        }
        String type = quirk == JobFate.Quirk.UNKNOWN_OUTPUT_TYPE ? "hologram" : "video";
        add(output, type, job, OutputFile.CLIP, now);
        if (exr && quirk != JobFate.Quirk.EXR_FIRST) {
            add(output, "exr", job, exrFile, now);
        }
    }

    private void add(ArrayNode output, String type, Job job, OutputFile file, Instant now) {
        output.addObject().put("type", type).put("url", urls.url(job, file, now).toString());
    }
}
