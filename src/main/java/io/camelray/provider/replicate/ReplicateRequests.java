package io.camelray.provider.replicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.MediaRef;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.RequestShape;
import io.camelray.provider.ResolvedMedia;
import io.camelray.provider.UnsupportedRequestException;
import java.net.URI;
import java.util.Optional;

/** Builds the bodies of {@code POST /models/luma/ray-3.2/predictions} (ray-api §1.3.3). */
final class ReplicateRequests {

    private final Optional<URI> webhook;

    ReplicateRequests(Optional<URI> webhook) {
        this.webhook = webhook;
    }

    /** @throws UnsupportedRequestException for what Replicate does not offer */
    String body(RenderRequest request, MediaResolver media) {
        RequestShape.check(ProviderName.REPLICATE, request);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode input = body.putObject("input");
        input.put("prompt", request.prompt());
        if (request.startFrame().isEmpty() && request.endFrame().isEmpty()) {
            // Beside an image the ratio would be ignored (R19).
            request.aspectRatio().ifPresent(ratio -> input.put("aspect_ratio", ratio.label()));
        }
        input.put("duration", request.length().seconds());
        input.put("resolution", request.resolution().label());
        putIfSet(input, "loop", request.loop());
        putIfSet(input, "hdr", request.hdr());
        putIfSet(input, "exr_export", request.exrExport());
        request.startFrame().ifPresent(frame -> input.put("start_image", uri(frame, media)));
        request.endFrame().ifPresent(frame -> input.put("end_image", uri(frame, media)));
        webhook.ifPresent(address -> {
            body.put("webhook", address.toString());
            body.putArray("webhook_events_filter").add("completed");
        });
        return body.toString();
    }

    private static String uri(MediaRef ref, MediaResolver media) {
        return media.resolve(ref).match(new ResolvedMedia.Cases<>() {
            @Override
            public String when(ResolvedMedia.Url url) {
                return url.url();
            }

            @Override
            public String when(ResolvedMedia.Inline inline) {
                return "data:" + inline.mediaType() + ";base64," + inline.base64();
            }

            @Override
            public String when(ResolvedMedia.Chained chained) {
                throw new UnsupportedRequestException("Replicate cannot start from an earlier generation");
            }
        });
    }

    private static void putIfSet(ObjectNode input, String field, boolean value) {
        if (value) {
            input.put(field, true);
        }
    }
}
