package io.camelray.intake;

import io.camelray.assets.KeptMedia;
import io.camelray.assets.MediaProbe;
import io.camelray.assets.MediaRefusal;
import io.camelray.assets.ProbeResult;
import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.RenderRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into what renders start from, once for each reference of a plan. Not thread-safe. */
final class MediaLooks {

    /** Beyond that a reference may be looked into twice; a plan is to fit into memory however many it has. */
    private static final int REMEMBERED = 20_000;

    private final Optional<MediaProbe> probe;
    private final Optional<KeptMedia> kept;
    private final Path folder;
    private final Map<MediaRef, ProbeResult> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MediaRef, ProbeResult> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param folder the manifest's own */
    MediaLooks(PlanMedia media, Optional<Path> folder) {
        this.probe = media.probe();
        this.kept = media.kept();
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

    /** What tells the bytes of a reference from all others; empty where nobody looked, or its reference tells it. */
    Optional<String> content(MediaRef ref) {
        return look(ref)
                .filter(result -> result instanceof ProbeResult.Found)
                .map(result -> ((ProbeResult.Found) result).content())
                .filter(content -> !content.isEmpty());
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
        if (probe.isEmpty() || !probe.get().looksInto(ref)) {
            return Optional.empty();
        }
        ProbeResult known = seen.get(ref);
        if (known == null) {
            known = probe(ref);
            seen.put(ref, known);
        }
        return Optional.of(known);
    }

    /** A file that is no longer beside the manifest is looked into where it was kept. */
    private ProbeResult probe(MediaRef ref) {
        if (ref instanceof MediaRef.LocalFile file && kept.isPresent() && !Files.exists(folder.resolve(file.path()))) {
            return probe.get().probe(kept.get().find(file), kept.get().folder());
        }
        return probe.get().probe(ref, folder);
    }

    /** What a request starts from, by the field that names it. */
    static Map<String, MediaRef> fields(RenderRequest request) {
        if (request.isFromText()) {
            return Map.of();
        }
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
