package io.camelray.rules;

import io.camelray.model.GenerationFacts;
import java.util.Map;

/**
 * Those earlier generations that our own records know of.
 *
 * @param account the one that would pay now
 * @param byId what is known, by the id that a request names
 */
public record OwnGenerations(String account, Map<String, GenerationFacts> byId) {

    static final OwnGenerations NONE = new OwnGenerations("", Map.of());

    public OwnGenerations {
        byId = Map.copyOf(byId);
    }
}
