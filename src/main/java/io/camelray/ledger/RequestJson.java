package io.camelray.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.EditStrength;
import io.camelray.model.Labelled;
import io.camelray.model.Operation;
import io.camelray.model.PoseStrength;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourcePosition;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A render's request as the ledger stores it. A field that an older version did not write takes its default, one that is
 * not known is passed over; a value that is not known is an error, because a request must never be paid for in part.
 */
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
        request.startFrame().ifPresent(media -> json.set("startFrame", MediaJson.write(media)));
        request.endFrame().ifPresent(media -> json.set("endFrame", MediaJson.write(media)));
        if (!request.keyframes().isEmpty()) {
            json.set("keyframes", MediaJson.write(request.keyframes()));
        }
        request.source().ifPresent(media -> json.set("source", MediaJson.write(media)));
        request.direction().ifPresent(direction -> json.put("direction", direction.label()));
        request.edit().ifPresent(edit -> json.set("edit", write(edit)));
        request.sourcePosition().ifPresent(position -> json.putObject("sourcePosition")
                .put("x", position.x())
                .put("y", position.y())
                .put("width", position.width())
                .put("height", position.height()));
        return json.toString();
    }

    private static ObjectNode write(EditControls edit) {
        ObjectNode json = JSON.createObjectNode().put("autoControls", edit.autoControls());
        edit.strength().ifPresent(strength -> json.put("strength", strength.label()));
        edit.pose().ifPresent(pose -> json.put("pose", pose.label()));
        edit.depthBlur().ifPresent(value -> json.put("depthBlur", value));
        edit.normalsAugmentation().ifPresent(value -> json.put("normalsAugmentation", value));
        edit.trajectorySparsity().ifPresent(value -> json.put("trajectorySparsity", value));
        edit.face().ifPresent(face -> json.put("face", face));
        if (!edit.keyframes().isEmpty()) {
            json.set("keyframes", MediaJson.write(edit.keyframes()));
        }
        return json;
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
                .startFrame(node(json, "startFrame").map(MediaJson::read))
                .endFrame(node(json, "endFrame").map(MediaJson::read))
                .keyframes(MediaJson.keyframes(json.path("keyframes")))
                .source(node(json, "source").map(MediaJson::read))
                .direction(label(json, "direction", Direction.class))
                .edit(node(json, "edit").map(RequestJson::edit))
                .sourcePosition(node(json, "sourcePosition").map(RequestJson::position))
                .build();
    }

    private static EditControls edit(JsonNode json) {
        return new EditControls(
                json.path("autoControls").asBoolean(false),
                label(json, "strength", EditStrength.class),
                label(json, "pose", PoseStrength.class),
                number(json, "depthBlur"),
                number(json, "normalsAugmentation"),
                number(json, "trajectorySparsity"),
                node(json, "face").map(JsonNode::asBoolean),
                MediaJson.keyframes(json.path("keyframes")));
    }

    private static SourcePosition position(JsonNode json) {
        return new SourcePosition(
                json.path("x").asDouble(),
                json.path("y").asDouble(),
                json.path("width").asDouble(),
                json.path("height").asDouble());
    }

    private static Optional<JsonNode> node(JsonNode json, String field) {
        return json.hasNonNull(field) ? Optional.of(json.get(field)) : Optional.empty();
    }

    private static OptionalDouble number(JsonNode json, String field) {
        return json.hasNonNull(field) ? OptionalDouble.of(json.get(field).asDouble()) : OptionalDouble.empty();
    }

    private static <E extends Enum<E> & Labelled> Optional<E> label(JsonNode json, String field, Class<E> type) {
        return node(json, field).map(value -> Labelled.of(type, value.asText()));
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
