package io.camelray.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import java.util.ArrayList;
import java.util.List;

/** Media references within a stored request, each with its {@code kind}. */
final class MediaJson {
    private MediaJson() {}

    static ObjectNode write(MediaRef media) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (media instanceof MediaRef.Web web) {
            return json.put("kind", "web").put("url", web.url());
        }
        if (media instanceof MediaRef.LocalFile file) {
            return json.put("kind", "file").put("path", file.path()).put("sha256", file.sha256());
        }
        if (media instanceof MediaRef.Stored stored) {
            return json.put("kind", "stored").put("bucket", stored.bucket()).put("key", stored.key());
        }
        if (media instanceof MediaRef.Generation generation) {
            return json.put("kind", "generation").put("id", generation.id());
        }
        if (media instanceof MediaRef.Step step) {
            return json.put("kind", "step").put("id", step.id());
        }
        throw new IllegalArgumentException("The ledger cannot store a media reference of " + media.getClass());
    }

    static MediaRef read(JsonNode json) {
        String kind = json.path("kind").asText();
        return switch (kind) {
            case "web" -> new MediaRef.Web(text(json, "url"));
            case "file" ->
                new MediaRef.LocalFile(text(json, "path"), json.path("sha256").asText(""));
            case "stored" -> new MediaRef.Stored(text(json, "bucket"), text(json, "key"));
            case "generation" -> new MediaRef.Generation(text(json, "id"));
            case "step" -> new MediaRef.Step(text(json, "id"));
            default ->
                throw new IllegalStateException("The ledger holds a media reference of the kind '" + kind
                        + "', which this version does not know");
        };
    }

    static ArrayNode write(List<Keyframe> keyframes) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        keyframes.forEach(
                keyframe -> json.addObject().put("frame", keyframe.frame()).set("image", write(keyframe.image())));
        return json;
    }

    static List<Keyframe> keyframes(JsonNode json) {
        List<Keyframe> keyframes = new ArrayList<>();
        json.forEach(
                keyframe -> keyframes.add(new Keyframe(keyframe.path("frame").asInt(), read(keyframe.path("image")))));
        return keyframes;
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw new IllegalStateException("The ledger holds a media reference without '" + field + "'");
        }
        return json.get(field).asText();
    }
}
