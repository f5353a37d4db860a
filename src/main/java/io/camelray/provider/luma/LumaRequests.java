package io.camelray.provider.luma;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.RequestShape;
import io.camelray.provider.UnsupportedRequestException;
import java.util.List;
import java.util.OptionalDouble;

/** Builds the bodies of {@code POST /generations} (ray-api §1.1.4 to §1.1.7). */
final class LumaRequests {

    static final String MODEL = "ray-3.2";

    /** @throws UnsupportedRequestException for what Luma does not offer */
    String body(RenderRequest request, MediaResolver resolver) {
        RequestShape.check(ProviderName.LUMA, request);
        LumaMedia media = new LumaMedia(resolver);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", MODEL);
        switch (request.operation()) {
            case GENERATE -> generate(body, request, media);
            case EXTEND -> extend(body, request, media);
            case EDIT -> edit(body, request, media);
            case REFRAME -> reframe(body, request, media);
        }
        return body.toString();
    }

    private static void generate(ObjectNode body, RenderRequest request, LumaMedia media) {
        ObjectNode video = created(body, request);
        putDynamicRange(video, request);
        if (request.hdr()
                && request.startFrame().isPresent()
                && request.endFrame().isEmpty()) {
            // The same request in Luma's newer words: only these lead to HDR for certain (R45, C11).
            MediaRef start = request.startFrame().get();
            media.putKeyframes(video, List.of(new Keyframe(0, start)));
        } else {
            request.startFrame().ifPresent(frame -> video.set("start_frame", media.image(frame)));
            request.endFrame().ifPresent(frame -> video.set("end_frame", media.image(frame)));
            media.putKeyframes(video, request.keyframes());
        }
    }

    /** Without an explicit ratio and duration, extensions are known to fail (R22, R32). */
    private static void extend(ObjectNode body, RenderRequest request, LumaMedia media) {
        ObjectNode video = created(body, request);
        boolean forward = request.direction().orElseThrow() == Direction.FORWARD;
        video.set(
                forward ? "start_frame" : "end_frame",
                media.clip(request.source().orElseThrow()));
    }

    private static ObjectNode created(ObjectNode body, RenderRequest request) {
        ObjectNode video = begin(body, "video", request);
        video.put("duration", request.length().label());
        putIfSet(video, "loop", request.loop());
        putAspectRatio(body, request);
        return video;
    }

    /** The ratio and the duration follow the source. */
    private static void edit(ObjectNode body, RenderRequest request, LumaMedia media) {
        ObjectNode video = begin(body, "video_edit", request);
        body.set("source", media.clip(request.source().orElseThrow()));
        putDynamicRange(video, request);
        request.startFrame().ifPresent(frame -> video.set("start_frame", media.image(frame)));
        request.edit().ifPresent(controls -> {
            ObjectNode edit = edit(controls, media);
            if (!edit.isEmpty()) {
                video.set("edit", edit);
            }
        });
    }

    private static ObjectNode edit(EditControls controls, LumaMedia media) {
        ObjectNode edit = JsonNodeFactory.instance.objectNode();
        putIfSet(edit, "auto_controls", controls.autoControls());
        controls.strength().ifPresent(strength -> edit.put("strength", strength.label()));
        if (controls.hasSignals()) {
            ObjectNode signals = edit.putObject("controls");
            controls.pose().ifPresent(pose -> enabled(signals, "pose").put("strength", pose.label()));
            putSignal(signals, "depth", "blur", controls.depthBlur());
            putSignal(signals, "normals", "augmentation", controls.normalsAugmentation());
            putSignal(signals, "trajectory", "sparsity", controls.trajectorySparsity());
            controls.face().ifPresent(face -> signals.putObject("face").put("enabled", face.booleanValue()));
        }
        media.putKeyframes(edit, controls.keyframes());
        return edit;
    }

    private static void reframe(ObjectNode body, RenderRequest request, LumaMedia media) {
        ObjectNode video = begin(body, "video_reframe", request);
        putAspectRatio(body, request);
        body.set("source", media.clip(request.source().orElseThrow()));
        request.sourcePosition().ifPresent(position -> video.putObject("source_position")
                .put("x_norm", position.x())
                .put("y_norm", position.y())
                .put("w_norm", position.width())
                .put("h_norm", position.height()));
    }

    private static ObjectNode begin(ObjectNode body, String type, RenderRequest request) {
        body.put("type", type);
        body.put("prompt", request.prompt());
        return body.putObject("video").put("resolution", request.resolution().label());
    }

    private static void putAspectRatio(ObjectNode body, RenderRequest request) {
        request.aspectRatio().ifPresent(ratio -> body.put("aspect_ratio", ratio.label()));
    }

    private static void putDynamicRange(ObjectNode video, RenderRequest request) {
        putIfSet(video, "hdr", request.hdr());
        putIfSet(video, "exr_export", request.exrExport());
    }

    private static void putSignal(ObjectNode signals, String name, String knob, OptionalDouble value) {
        value.ifPresent(number -> enabled(signals, name).put(knob, number));
    }

    private static ObjectNode enabled(ObjectNode signals, String name) {
        return signals.putObject(name).put("enabled", true);
    }

    private static void putIfSet(ObjectNode node, String field, boolean value) {
        if (value) {
            node.put(field, true);
        }
    }
}
