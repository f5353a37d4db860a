package io.camelray.provider.gmi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.MediaRef;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.ResolvedMedia;
import io.camelray.provider.UnsupportedRequestException;

/** GMI's references to media: frames by address or generation, sources by generation or sent along. */
final class GmiMedia {

    private final MediaResolver media;
    private final ObjectNode payload;

    GmiMedia(MediaResolver media, ObjectNode payload) {
        this.media = media;
        this.payload = payload;
    }

    /** @param slot {@code start_frame} or {@code end_frame} */
    void putFrame(String slot, MediaRef ref) {
        media.resolve(ref).match(new ResolvedMedia.Cases<ObjectNode>() {
            @Override
            public ObjectNode when(ResolvedMedia.Url url) {
                return payload.put(slot + "_url", url.url());
            }

            @Override
            public ObjectNode when(ResolvedMedia.Inline inline) {
                throw new UnsupportedRequestException("GMI takes a frame by its address only; host the image");
            }

            @Override
            public ObjectNode when(ResolvedMedia.Chained chained) {
                return payload.put(slot + "_generation_id", chained.id());
            }
        });
    }

    /** The guide frame of an edit, for which there is no slot for generations. */
    void putGuide(MediaRef ref) {
        if (ref.isGeneration()) {
            throw new UnsupportedRequestException("GMI takes a guide frame by its address only, not a generation");
        }
        putFrame("start_frame", ref);
    }

    void putSource(MediaRef ref) {
        media.resolve(ref).match(new ResolvedMedia.Cases<ObjectNode>() {
            @Override
            public ObjectNode when(ResolvedMedia.Url url) {
                throw new UnsupportedRequestException(
                        "GMI takes no address of a source clip; name a generation or send a small file along");
            }

            @Override
            public ObjectNode when(ResolvedMedia.Inline inline) {
                return payload.put("source_data", inline.base64()).put("source_media_type", inline.mediaType());
            }

            @Override
            public ObjectNode when(ResolvedMedia.Chained chained) {
                return payload.put("source_generation_id", chained.id());
            }
        });
    }
}
