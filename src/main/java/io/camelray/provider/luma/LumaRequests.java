package io.camelray.provider.luma;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.provider.UnsupportedRequestException;

/** Builds the bodies of {@code POST /generations} (ray-api §1.1.7). */
final class LumaRequests {

    /** @throws UnsupportedRequestException for an operation other than text-to-video */
    String body(RenderRequest request) {
        if (request.operation() != Operation.GENERATE) {
            throw new UnsupportedRequestException(
                    "The operation " + request.operation().label() + " is not available on luma in this version");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", "ray-3.2");
        body.put("type", "video");
        body.put("prompt", request.prompt());
        request.aspectRatio().ifPresent(ratio -> body.put("aspect_ratio", ratio.label()));
        ObjectNode video = body.putObject("video");
        video.put("resolution", request.resolution().label());
        video.put("duration", request.length().label());
        putIfSet(video, "hdr", request.hdr());
        putIfSet(video, "exr_export", request.exrExport());
        putIfSet(video, "loop", request.loop());
        return body.toString();
    }

    private static void putIfSet(ObjectNode video, String field, boolean value) {
        if (value) {
            video.put(field, true);
        }
    }
}
