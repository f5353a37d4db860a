package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The JSON types and enumerations of a Luma request: what the live API's framework refuses with a list. */
final class LumaShape {

    private static final List<String> TYPES =
            List.of("image", "image_edit", "layering", "video", "video_edit", "video_reframe");
    private static final List<String> RATIOS =
            List.of("3:1", "2:1", "16:9", "3:2", "1:1", "2:3", "9:16", "1:2", "1:3", "3:4", "4:3", "21:9");
    private static final List<String> STRENGTHS = List.of(
            "adhere_1",
            "adhere_2",
            "adhere_3",
            "flex_1",
            "flex_2",
            "flex_3",
            "reimagine_1",
            "reimagine_2",
            "reimagine_3");

    private static final List<Field> FIELDS = List.of(
            text("prompt"),
            text("model"),
            oneOf("type", TYPES),
            oneOf("aspect_ratio", RATIOS),
            object("source"),
            object("video"),
            text("user_id"),
            array("image_ref"),
            oneOf("output_format", List.of("png", "jpeg")),
            oneOf("style", List.of("auto", "manga")),
            bool("web_search"),
            oneOf("video.resolution", List.of("360p", "540p", "720p", "1080p")),
            oneOf("video.duration", List.of("5s", "10s")),
            bool("video.loop"),
            bool("video.hdr"),
            bool("video.exr_export"),
            object("video.start_frame"),
            object("video.end_frame"),
            array("video.keyframes"),
            array("video.keyframe_indexes"),
            object("video.keyframes.*"),
            integer("video.keyframe_indexes.*"),
            object("video.edit"),
            bool("video.edit.auto_controls"),
            oneOf("video.edit.strength", STRENGTHS),
            object("video.edit.controls"),
            oneOf("video.edit.controls.pose.strength", List.of("precise", "coarse")),
            number("video.edit.controls.depth.blur"),
            number("video.edit.controls.normals.augmentation"),
            number("video.edit.controls.trajectory.sparsity"),
            array("video.edit.keyframes"),
            array("video.edit.keyframe_indexes"),
            object("video.edit.keyframes.*"),
            integer("video.edit.keyframe_indexes.*"),
            object("video.source_position"),
            number("video.source_position.x_norm"),
            number("video.source_position.y_norm"),
            number("video.source_position.w_norm"),
            number("video.source_position.h_norm"));

    private LumaShape() {}

    /** The list for {@code detail}; empty when the shape is right. */
    static ArrayNode problems(JsonNode body) {
        ArrayNode problems = JsonNodeFactory.instance.arrayNode();
        if (!body.isObject()) {
            add(problems, List.of(), "Input should be a valid object", "model_type");
            return problems;
        }
        if (!body.has("prompt")) {
            add(problems, List.of("prompt"), "Field required", "missing");
        }
        FIELDS.forEach(field -> walk(body, field, 0, new ArrayList<>(), problems));
        if (body.at("/video/keyframes").isArray() && body.at("/video/keyframes").isEmpty()) {
            add(problems, List.of("video", "keyframes"), "needs at least one item", "too_short");
        }
        return problems;
    }

    private static void walk(JsonNode node, Field field, int depth, List<Object> location, ArrayNode problems) {
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        if (depth == field.steps().length) {
            if (!field.right().test(node)) {
                add(problems, location, field.message(), field.code());
            }
            return;
        }
        String step = field.steps()[depth];
        if (step.equals("*")) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.path(i), field, depth + 1, extended(location, i), problems);
            }
        } else {
            walk(node.path(step), field, depth + 1, extended(location, step), problems);
        }
    }

    private static List<Object> extended(List<Object> location, Object step) {
        List<Object> longer = new ArrayList<>(location);
        longer.add(step);
        return longer;
    }

    private static void add(ArrayNode problems, List<?> location, String message, String code) {
        ArrayNode loc =
                problems.addObject().put("msg", message).put("type", code).putArray("loc");
        loc.add("body");
        for (Object step : location) {
            if (step instanceof Integer index) {
                loc.add(index);
            } else {
                loc.add(step.toString());
            }
        }
    }

    private static Field text(String path) {
        return field(path, JsonNode::isTextual, "Input should be a valid string", "string_type");
    }

    private static Field bool(String path) {
        return field(path, JsonNode::isBoolean, "Input should be a valid boolean", "bool_type");
    }

    private static Field number(String path) {
        return field(path, JsonNode::isNumber, "Input should be a valid number", "float_type");
    }

    private static Field integer(String path) {
        return field(path, JsonNode::canConvertToExactIntegral, "Input should be a valid integer", "int_type");
    }

    private static Field object(String path) {
        return field(path, JsonNode::isObject, "Input should be a valid object", "model_type");
    }

    private static Field array(String path) {
        return field(path, JsonNode::isArray, "Input should be a valid list", "list_type");
    }

    private static Field oneOf(String path, List<String> allowed) {
        return field(
                path,
                node -> node.isTextual() && allowed.contains(node.asText()),
                "Input should be one of " + String.join(", ", allowed),
                "enum");
    }

    private static Field field(String path, Predicate<JsonNode> right, String message, String code) {
        return new Field(path.split("\\."), right, message, code);
    }

    private record Field(String[] steps, Predicate<JsonNode> right, String message, String code) {}
}
