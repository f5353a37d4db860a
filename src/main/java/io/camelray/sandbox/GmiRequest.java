package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A submitted GMI body, with the provider's defaults applied. */
record GmiRequest(JsonNode body) {

    static final String GENERATE = "luma-ray-3-2-generate";
    static final String EDIT = "luma-ray-3-2-edit";
    static final String REFRAME = "luma-ray-3-2-reframe";
    static final List<String> MODELS = List.of(GENERATE, EDIT, REFRAME);

    String model() {
        return body.path("model").asText("");
    }

    boolean isGenerate() {
        return model().equals(GENERATE);
    }

    boolean isEdit() {
        return model().equals(EDIT);
    }

    boolean isReframe() {
        return model().equals(REFRAME);
    }

    /** The operation in the words that all simulated providers share. */
    String type() {
        return isEdit() ? "video_edit" : isReframe() ? "video_reframe" : "video";
    }

    Fields payload() {
        return new Fields(body.path("payload"));
    }

    String prompt() {
        return payload().text("prompt", "");
    }

    String resolution() {
        return payload().text("resolution", "720p");
    }

    boolean isLong() {
        return isGenerate() && payload().text("duration", "5s").equals("10s");
    }

    boolean hasStart() {
        return payload().hasAny(List.of("start_frame_url", "start_frame_generation_id"));
    }

    boolean hasEnd() {
        return payload().hasAny(List.of("end_frame_url", "end_frame_generation_id"));
    }

    /** One anchor, and it is a prior clip; two anchors are an interpolation. */
    boolean isExtend() {
        return isGenerate()
                && hasStart() != hasEnd()
                && payload().hasAny(List.of("start_frame_generation_id", "end_frame_generation_id"));
    }

    boolean hdr() {
        return payload().flag("hdr");
    }

    boolean exr() {
        return payload().flag("exr_export");
    }
}
