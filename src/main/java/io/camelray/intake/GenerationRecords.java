package io.camelray.intake;

import io.camelray.model.GenerationFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.SourceLength;
import io.camelray.rules.OwnGenerations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is on record of the generations that a plan names, each asked for once. Not thread-safe. */
final class GenerationRecords {

    private static final int REMEMBERED = 10_000;

    private final String account;
    private final OwnGenerations nothing;
    private final Function<String, Optional<GenerationFacts>> find;
    private final Map<String, Optional<GenerationFacts>> found = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<GenerationFacts>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param account the one that would pay */
    GenerationRecords(String account, Function<String, Optional<GenerationFacts>> find) {
        this.account = account;
        this.nothing = new OwnGenerations(account, Map.of());
        this.find = find;
    }

    OwnGenerations of(RenderRequest request) {
        if (request.isFromText()) {
            return nothing;
        }
        Map<String, GenerationFacts> known = new HashMap<>();
        request.media().forEach(ref -> {
            if (ref instanceof MediaRef.Generation generation) {
                find(generation.id()).ifPresent(facts -> known.put(generation.id(), facts));
            }
        });
        return new OwnGenerations(account, known);
    }

    /** How long the source is, if it is a new clip of ours; what follows a source of its own may be of any length. */
    Optional<SourceLength> length(RenderRequest request) {
        return request.source()
                .filter(ref -> request.operation() != Operation.EXTEND)
                .flatMap(
                        ref -> ref instanceof MediaRef.Generation generation ? find(generation.id()) : Optional.empty())
                .map(GenerationFacts::request)
                .filter(made -> made.operation() == Operation.GENERATE)
                .map(made -> SourceLength.nominal(made.length().seconds()));
    }

    private Optional<GenerationFacts> find(String id) {
        Optional<GenerationFacts> known = found.get(id);
        if (known == null) {
            known = find.apply(id);
            found.put(id, known);
        }
        return known;
    }
}
