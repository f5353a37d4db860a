package io.camelray.intake;

import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.SourceLength;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a render starts from within its own campaign. Ancestors are made again when they are asked for; a bounded number
 * per step is remembered, so that many children of one parent cost little and memory does not grow with the variants.
 */
final class Lineage {

    /** How many ancestors are remembered per step. */
    private static final int REMEMBERED = 512;

    /** An extension adds one block. */
    private static final double BLOCK = 5;

    /** The longest clip that an edit takes at Luma (R76), and that anything takes anywhere (R77). */
    private static final double LONGEST_EDIT = 18;

    private static final double LONGEST = 30;

    private final ProviderName provider;
    private final RequestReader requests;
    private final Function<MediaRef, Optional<String>> contents;
    private final Map<Integer, Map<IntBuffer, Ancestor>> remembered = new LinkedHashMap<>();

    /** @param contents what tells the bytes of a reference from all others, where somebody looked into them */
    Lineage(ProviderName provider, RequestReader requests, Function<MediaRef, Optional<String>> contents) {
        this.contents = contents;
        this.provider = provider;
        this.requests = requests;
    }

    /**
     * A render that another one starts from.
     *
     * @param length of the clip that it makes
     */
    record Ancestor(Step step, Cell cell, RenderRequest request, String fingerprint, SourceLength length) {}

    /**
     * Where a render comes from.
     *
     * @param parents each once, in the order of the request's fields
     * @param source the parent that is its source
     * @param length of the clip that it works on; {@link SourceLength#NONE} where it works on none
     */
    record Origin(List<Ancestor> parents, Optional<Ancestor> source, SourceLength length, String fingerprint) {}

    Origin of(Step step, Cell cell, RenderRequest request) {
        Map<String, Ancestor> parents = new LinkedHashMap<>();
        request.media().forEach(ref -> {
            if (ref instanceof MediaRef.Step join) {
                parents.computeIfAbsent(join.id(), id -> ancestor(join(step, id), cell));
            }
        });
        Optional<Ancestor> source = request.source()
                .flatMap(ref ->
                        ref instanceof MediaRef.Step join ? Optional.of(parents.get(join.id())) : Optional.empty());
        return new Origin(
                new ArrayList<>(parents.values()),
                source,
                length(request, source),
                Fingerprint.of(request, id -> parents.get(id).fingerprint(), contents));
    }

    private static Step join(Step step, String id) {
        return step.joins().stream()
                .filter(join -> join.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Step " + step.id() + " is not joined to " + id));
    }

    private Ancestor ancestor(Step step, Cell child) {
        int[] at = step.each().project(child.at());
        Map<IntBuffer, Ancestor> known = remembered.computeIfAbsent(step.number(), number -> bounded());
        Ancestor found = known.get(IntBuffer.wrap(at));
        if (found == null) {
            found = make(step, new Cell(-1, at));
            known.put(IntBuffer.wrap(at), found);
        }
        return found;
    }

    private Ancestor make(Step step, Cell cell) {
        RenderRequest request = requests.read(step, cell, new Violations()).request();
        Origin origin = of(step, cell, request);
        return new Ancestor(step, cell, request, origin.fingerprint(), made(request, origin));
    }

    private SourceLength length(RenderRequest request, Optional<Ancestor> source) {
        return request.operation() == Operation.GENERATE
                ? SourceLength.NONE
                : source.map(Ancestor::length).orElseGet(() -> SourceLength.unknown(longest(request.operation())));
    }

    private double longest(Operation operation) {
        return operation == Operation.EDIT && provider == ProviderName.LUMA ? LONGEST_EDIT : LONGEST;
    }

    /**
     * How long a clip it makes. What an extension returns is not documented: the new block alone is expected, the whole
     * clip is the longest it can be.
     */
    private static SourceLength made(RenderRequest request, Origin origin) {
        return switch (request.operation()) {
            case GENERATE -> SourceLength.nominal(request.length().seconds());
            case EXTEND ->
                new SourceLength(
                        BLOCK,
                        Math.max(origin.length().longestSeconds(), 1.0 / Keyframe.FRAMES_PER_SECOND) + BLOCK,
                        true);
            case EDIT, REFRAME -> origin.length();
        };
    }

    private static Map<IntBuffer, Ancestor> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<IntBuffer, Ancestor> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}
