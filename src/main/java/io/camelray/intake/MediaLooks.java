package io.camelray.intake;

import io.camelray.assets.MediaProbe;
import io.camelray.assets.MediaRefusal;
import io.camelray.assets.ProbeResult;
import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.RenderRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into what renders start from, once for each reference of a plan. Not thread-safe. */
final class MediaLooks {

    private final Optional<MediaProbe> probe;
    private final Path folder;
    private final Map<MediaRef, ProbeResult> seen = new HashMap<>();

    /** @param folder the manifest's own */
    MediaLooks(Optional<MediaProbe> probe, Optional<Path> folder) {
        this.probe = probe;
        this.folder = folder.orElse(Path.of(""));
    }

    /** What was found in the request's references. */
    Map<MediaRef, MediaFacts> facts(RenderRequest request) {
        Map<MediaRef, MediaFacts> facts = new HashMap<>();
        fields(request).values().forEach(ref -> {
            if (look(ref).orElse(null) instanceof ProbeResult.Found found) {
                facts.put(ref, found.facts());
            }
        });
        return facts;
    }

    /** Why references cannot be used, by the field that names them. */
    Map<String, MediaRefusal> refusals(RenderRequest request) {
        Map<String, MediaRefusal> refusals = new LinkedHashMap<>();
        fields(request).forEach((field, ref) -> {
            if (look(ref).orElse(null) instanceof MediaRefusal refusal) {
                refusals.put(field, refusal);
            }
        });
        return refusals;
    }

    private Optional<ProbeResult> look(MediaRef ref) {
        if (probe.isEmpty() || ref.isGeneration()) {
            return Optional.empty();
        }
        return Optional.of(seen.computeIfAbsent(ref, wanted -> probe.get().probe(wanted, folder)));
    }

    private static Map<String, MediaRef> fields(RenderRequest request) {
        Map<String, MediaRef> fields = new LinkedHashMap<>();
        request.startFrame().ifPresent(ref -> fields.put("startFrame", ref));
        request.endFrame().ifPresent(ref -> fields.put("endFrame", ref));
        request.source().ifPresent(ref -> fields.put("source", ref));
        keyframes("keyframes", request.keyframes(), fields);
        keyframes("edit/keyframes", request.edit().map(EditControls::keyframes).orElse(List.of()), fields);
        return fields;
    }

    private static void keyframes(String list, List<Keyframe> keyframes, Map<String, MediaRef> fields) {
        for (int i = 0; i < keyframes.size(); i++) {
            fields.put(list + "/" + i + "/image", keyframes.get(i).image());
        }
    }
}
