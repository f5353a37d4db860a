package io.camelray.provider.luma;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.ResolvedMedia;
import java.util.List;

/** Luma's references to media: exactly one locator each (ray-api §1.1.5). */
final class LumaMedia {

    private final MediaResolver media;

    LumaMedia(MediaResolver media) {
        this.media = media;
    }

    /** Where an image is expected. */
    ObjectNode image(MediaRef ref) {
        return reference(ref, false);
    }

    /** Where a clip is expected: Luma believes the media type of an address and never looks (R73). */
    ObjectNode clip(MediaRef ref) {
        return reference(ref, true);
    }

    /** The two parallel arrays of guide images and their positions. */
    void putKeyframes(ObjectNode node, List<Keyframe> keyframes) {
        if (!keyframes.isEmpty()) {
            ArrayNode images = node.putArray("keyframes");
            ArrayNode indexes = node.putArray("keyframe_indexes");
            for (Keyframe keyframe : keyframes) {
                images.add(image(keyframe.image()));
                indexes.add(keyframe.frame());
            }
        }
    }

    private ObjectNode reference(MediaRef ref, boolean typedUrl) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return media.resolve(ref).match(new ResolvedMedia.Cases<>() {
            @Override
            public ObjectNode when(ResolvedMedia.Url url) {
                node.put("url", url.url());
                return typedUrl ? node.put("media_type", url.mediaType()) : node;
            }

            @Override
            public ObjectNode when(ResolvedMedia.Inline inline) {
                return node.put("data", inline.base64()).put("media_type", inline.mediaType());
            }

            @Override
            public ObjectNode when(ResolvedMedia.Chained chained) {
                return node.put("generation_id", chained.id());
            }
        });
    }
}
