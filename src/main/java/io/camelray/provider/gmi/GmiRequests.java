package io.camelray.provider.gmi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.RequestShape;
import io.camelray.provider.UnsupportedRequestException;

/** Builds the bodies of {@code POST …/requests} (ray-api §1.2.3). */
final class GmiRequests {

    /** @throws UnsupportedRequestException for what GMI does not offer */
    String body(RenderRequest request, MediaResolver resolver) {
        RequestShape.check(ProviderName.GMI, request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", GmiModels.of(request.operation()));
        ObjectNode payload = body.putObject("payload");
        payload.put("prompt", request.prompt());
        payload.put("resolution", request.resolution().label());
        GmiMedia media = new GmiMedia(resolver, payload);
        switch (request.operation()) {
            case GENERATE -> generate(payload, request, media);
            case EXTEND -> extend(payload, request, media);
            case EDIT -> edit(payload, request, media);
            case REFRAME -> reframe(payload, request, media);
        }
        return body.toString();
    }

    private static void generate(ObjectNode payload, RenderRequest request, GmiMedia media) {
        putCreated(payload, request);
        putDynamicRange(payload, request);
        request.startFrame().ifPresent(frame -> media.putFrame("start_frame", frame));
        request.endFrame().ifPresent(frame -> media.putFrame("end_frame", frame));
    }

    private static void extend(ObjectNode payload, RenderRequest request, GmiMedia media) {
        putCreated(payload, request);
        boolean forward = request.direction().orElseThrow() == Direction.FORWARD;
        media.putFrame(forward ? "start_frame" : "end_frame", request.source().orElseThrow());
    }

    /** The ratio and the duration follow the source. */
    private static void edit(ObjectNode payload, RenderRequest request, GmiMedia media) {
        media.putSource(request.source().orElseThrow());
        putDynamicRange(payload, request);
        request.startFrame().ifPresent(media::putGuide);
        EditControls controls = request.edit().orElse(EditControls.NONE);
        putIfSet(payload, "edit_auto_controls", controls.autoControls());
        controls.strength().ifPresent(strength -> payload.put("edit_strength", strength.label()));
        controls.pose().ifPresent(pose -> payload.put("pose_strength", pose.label()));
        controls.depthBlur().ifPresent(value -> payload.put("depth_blur", value));
        controls.normalsAugmentation().ifPresent(value -> payload.put("normals_augmentation", value));
        controls.trajectorySparsity().ifPresent(value -> payload.put("trajectory_sparsity", value));
        controls.face().ifPresent(face -> payload.put("face_enabled", face.booleanValue()));
    }

    private static void reframe(ObjectNode payload, RenderRequest request, GmiMedia media) {
        putAspectRatio(payload, request);
        media.putSource(request.source().orElseThrow());
    }

    private static void putCreated(ObjectNode payload, RenderRequest request) {
        putAspectRatio(payload, request);
        payload.put("duration", request.length().label());
        putIfSet(payload, "loop", request.loop());
    }

    private static void putAspectRatio(ObjectNode payload, RenderRequest request) {
        request.aspectRatio().ifPresent(ratio -> payload.put("aspect_ratio", ratio.label()));
    }

    private static void putDynamicRange(ObjectNode payload, RenderRequest request) {
        putIfSet(payload, "hdr", request.hdr());
        putIfSet(payload, "exr_export", request.exrExport());
    }

    private static void putIfSet(ObjectNode payload, String field, boolean value) {
        if (value) {
            payload.put(field, true);
        }
    }
}
