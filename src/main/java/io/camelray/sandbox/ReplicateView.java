package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A job as Replicate describes it: the same URLs each time, and nothing of it some time after its end. */
final class ReplicateView {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final OutputUrls urls;
    private final ReplicateSettings settings;
    private final URI origin;

    ReplicateView(OutputUrls urls, ReplicateSettings settings, URI origin) {
        this.urls = urls;
        this.settings = settings;
        this.origin = origin;
    }

    ObjectNode describe(Job job, Instant now) {
        JobState state = job.state(now);
        boolean removed = job.isRemoved(settings.retention(), now);
        boolean started = state != JobState.QUEUED && state != JobState.ABORTED;
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", job.id());
        view.put("model", job.quirk() == JobFate.Quirk.MODEL_ECHO ? "luma/ray-3" : job.model());
        view.put("version", "hidden");
        view.set("input", removed ? NullNode.instance : job.body().path("input"));
        view.put("logs", started && !removed ? "Generating video\n" : "");
        view.set("output", state == JobState.COMPLETED && !removed ? output(job, now) : NullNode.instance);
        view.put("data_removed", removed);
        view.put("error", state == JobState.FAILED && job.fate() instanceof JobFate.Fails fate ? fate.text() : null);
        view.put("source", "api");
        view.put("status", status(state));
        view.put("created_at", time(job.acceptedAt()));
        view.put("started_at", started ? time(job.startsAt()) : null);
        view.put("completed_at", state.isTerminal() ? time(job.endsAt()) : null);
        if (job.deadline() > 0) {
            view.put("deadline", time(job.deadline()));
        }
        if (state.isTerminal() && started) {
            view.putObject("metrics")
                    .put("predict_time", (job.endsAt() - job.startsAt()) / 1000.0)
                    .put("total_time", (job.endsAt() - job.acceptedAt()) / 1000.0);
        }
        URI self = origin.resolve("/v1/predictions/" + job.id());
        view.putObject("urls")
                .put("get", self.toString())
                .put("cancel", self + "/cancel")
                .put("web", origin.resolve("/p/" + job.id()).toString());
        return view;
    }

    /** A reply to a caller who has waited in vain: whatever its state, the prediction is said to be starting. */
    ObjectNode unfinished(Job job) {
        return describe(job, Instant.ofEpochMilli(job.acceptedAt()));
    }

    private JsonNode output(Job job, Instant now) {
        JobFate.Quirk quirk = job.quirk();
        JsonNode clip = TextNode.valueOf(urls.url(job, OutputFile.CLIP, now).toString());
        if (quirk == JobFate.Quirk.UNKNOWN_OUTPUT_TYPE) {
            return JsonNodeFactory.instance.objectNode().set("hologram", clip);
        }
        boolean empty = quirk == JobFate.Quirk.EMPTY_OUTPUT;
        JsonNode exr =
                TextNode.valueOf(urls.url(job, OutputFile.exrOf(job), now).toString());
        return switch (settings.output()) {
            case STRING -> empty ? NullNode.instance : clip;
            case ARRAY -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                if (!empty) {
                    list.add(clip);
                    if (job.exrDelivered()) {
                        list.insert(quirk == JobFate.Quirk.EXR_FIRST ? 0 : 1, exr);
                    }
                }
                yield list;
            }
            case OBJECT -> {
                ObjectNode named = JsonNodeFactory.instance.objectNode();
                if (!empty) {
                    named.set("video", clip);
                    if (job.exrDelivered()) {
                        named.set("exr", exr);
                    }
                }
                yield named;
            }
        };
    }

    private static String status(JobState state) {
        return switch (state) {
            case QUEUED -> "starting";
            case PROCESSING -> "processing";
            case COMPLETED -> "succeeded";
            case FAILED -> "failed";
            case CANCELED -> "canceled";
            case ABORTED -> "aborted";
        };
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
