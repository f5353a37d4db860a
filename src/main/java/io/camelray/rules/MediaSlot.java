package io.camelray.rules;

import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.RenderRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One place of a request that takes a medium.
 *
 * @param field as the manifest names it
 */
record MediaSlot(String field, MediaRef ref) {

    static final String SOURCE = "source";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("avif", "image/avif"),
            Map.entry("heic", "image/heic"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("zip", "application/zip"),
            Map.entry("exr", "image/x-exr"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"),
            Map.entry("mkv", "video/x-matroska"));

    static List<MediaSlot> of(RenderRequest request) {
        List<MediaSlot> slots = new ArrayList<>(images(request));
        request.source().ifPresent(ref -> slots.add(new MediaSlot(SOURCE, ref)));
        return slots;
    }

    /** Where images are expected. */
    static List<MediaSlot> images(RenderRequest request) {
        List<MediaSlot> slots = new ArrayList<>(frames(request));
        addAll(slots, "keyframes", request.keyframes());
        request.edit().ifPresent(controls -> addAll(slots, "edit/keyframes", controls.keyframes()));
        return slots;
    }

    /** The first and the last frame. */
    static List<MediaSlot> frames(RenderRequest request) {
        List<MediaSlot> slots = new ArrayList<>();
        request.startFrame().ifPresent(ref -> slots.add(new MediaSlot("startFrame", ref)));
        request.endFrame().ifPresent(ref -> slots.add(new MediaSlot("endFrame", ref)));
        return slots;
    }

    private static void addAll(List<MediaSlot> slots, String field, List<Keyframe> keyframes) {
        for (int i = 0; i < keyframes.size(); i++) {
            slots.add(new MediaSlot(field + "/" + i + "/image", keyframes.get(i).image()));
        }
    }

    /** The media type that the name claims; empty when it claims none. */
    static Optional<String> claimedType(MediaRef ref) {
        return name(ref).flatMap(name -> {
            String file = name.substring(name.lastIndexOf('/') + 1);
            int dot = file.lastIndexOf('.');
            return dot < 0
                    ? Optional.empty()
                    : Optional.ofNullable(TYPES.get(file.substring(dot + 1).toLowerCase(Locale.ROOT)));
        });
    }

    private static Optional<String> name(MediaRef ref) {
        if (ref instanceof MediaRef.Web web) {
            return WebAddress.parse(web.url()).map(WebAddress::path);
        }
        if (ref instanceof MediaRef.LocalFile file) {
            return Optional.of(file.path());
        }
        return ref instanceof MediaRef.Stored stored ? Optional.of(stored.key()) : Optional.empty();
    }

    /** Whether its bytes are in our hands, and not at a public address. */
    boolean isOurs() {
        return ref instanceof MediaRef.LocalFile || ref instanceof MediaRef.Stored;
    }
}
