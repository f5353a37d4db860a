package io.camelray.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Reads back what a check measured, from the JSON that the ledger keeps. */
final class Findings {

    static final String FLAGS = "flags";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Findings() {}

    /** The findings as a tree; an empty object if there are none. */
    static JsonNode tree(String findings) {
        if (findings.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(findings);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** What differs from the request, one sentence each. */
    static List<String> flags(String findings) {
        List<String> flags = new ArrayList<>();
        tree(findings).path(FLAGS).forEach(flag -> flags.add(flag.asText()));
        return flags;
    }
}
