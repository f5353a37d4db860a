package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A submitted Luma body whose JSON types are right, with the provider's defaults applied. */
record LumaRequest(JsonNode body) {

    String type() {
        return body.path("type").asText("image");
    }

    String model() {
        return body.path("model").asText("uni-1");
    }

    String prompt() {
        return body.path("prompt").asText("");
    }

    boolean isVideo() {
        return type().equals("video");
    }

    boolean isEdit() {
        return type().equals("video_edit");
    }

    boolean isReframe() {
        return type().equals("video_reframe");
    }

    /** Whether a member is there and not null; {@code path} in dotted form. */
    boolean has(String path) {
        return !at(path).isMissingNode() && !at(path).isNull();
    }

    JsonNode at(String path) {
        return body.at("/" + path.replace('.', '/'));
    }

    boolean flag(String path) {
        return at(path).asBoolean(false);
    }

    String text(String path, String otherwise) {
        return has(path) ? at(path).asText() : otherwise;
    }

    String resolution() {
        return text("video.resolution", "720p");
    }

    int seconds() {
        return text("video.duration", "5s").equals("10s") ? 10 : 5;
    }

    boolean hdr() {
        return flag("video.hdr");
    }

    boolean exr() {
        return flag("video.exr_export");
    }

    boolean loop() {
        return flag("video.loop");
    }

    /** An anchor that is a prior generation makes the request an extend. */
    boolean isExtend() {
        return isVideo() && (has("video.start_frame.generation_id") || has("video.end_frame.generation_id"));
    }

    /** Every media reference that is set, by its dotted path. */
    Map<String, JsonNode> media() {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (String path : List.of("source", "video.start_frame", "video.end_frame")) {
            if (has(path)) {
                found.put(path, at(path));
            }
        }
        for (String path : List.of("video.keyframes", "video.edit.keyframes")) {
            for (int i = 0; i < at(path).size(); i++) {
                found.put(path + "[" + i + "]", at(path).get(i));
            }
        }
        return found;
    }

    List<Long> numbers(String path) {
        List<Long> numbers = new ArrayList<>();
        at(path).forEach(node -> numbers.add(node.asLong()));
        return numbers;
    }
}
