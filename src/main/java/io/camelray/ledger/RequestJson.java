package io.camelray.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Labelled;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.util.Optional;

/** A render's request as the ledger stores it. A field that an older version did not write takes its default. */
final class RequestJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestJson() {}

    static String write(RenderRequest request) {
        ObjectNode json = JSON.createObjectNode()
                .put("operation", request.operation().label())
                .put("prompt", request.prompt())
                .put("resolution", request.resolution().label())
                .put("length", request.length().label())
                .put("hdr", request.hdr())
                .put("exrExport", request.exrExport())
                .put("loop", request.loop());
        request.aspectRatio().ifPresent(ratio -> json.put("aspectRatio", ratio.label()));
        return json.toString();
    }

    static RenderRequest read(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The ledger holds a request that is not JSON", e);
        }
        RenderRequest defaults = RenderRequest.textToVideo(json.path("prompt").asText(""));
        Operation operation = label(json, "operation", Operation.class).orElse(defaults.operation());
        return RenderRequest.builder(operation, defaults.prompt())
                .aspectRatio(label(json, "aspectRatio", AspectRatio.class))
                .resolution(label(json, "resolution", Resolution.class).orElse(defaults.resolution()))
                .length(label(json, "length", ClipLength.class).orElse(defaults.length()))
                .hdr(json.path("hdr").asBoolean(defaults.hdr()))
                .exrExport(json.path("exrExport").asBoolean(defaults.exrExport()))
                .loop(json.path("loop").asBoolean(defaults.loop()))
                .build();
    }

    private static <E extends Enum<E> & Labelled> Optional<E> label(JsonNode json, String field, Class<E> type) {
        return json.hasNonNull(field)
                ? Optional.of(Labelled.of(type, json.get(field).asText()))
                : Optional.empty();
    }

    /** What decides how long a render takes: requests of one shape take about the same time. */
    static String shape(RenderRequest request) {
        return String.join(
                "/",
                request.operation().label(),
                request.resolution().label(),
                request.length().label(),
                request.dynamicRange().label());
    }
}
