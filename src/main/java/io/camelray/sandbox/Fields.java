package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The members of a flat JSON object, as rules ask for them; null, absent and empty text all mean that one is unset. */
record Fields(JsonNode node) {

    boolean has(String name) {
        JsonNode value = node.path(name);
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isTextual() && value.textValue().isEmpty());
    }

    boolean hasAny(List<String> names) {
        return names.stream().anyMatch(this::has);
    }

    String text(String name, String otherwise) {
        return has(name) ? node.path(name).asText() : otherwise;
    }

    boolean flag(String name) {
        return node.path(name).asBoolean(false);
    }

    /** The first member of the list that is set and not of the type. */
    Optional<String> notText(List<String> names) {
        return names.stream()
                .filter(name -> has(name) && !node.path(name).isTextual())
                .findFirst();
    }

    Optional<String> notBoolean(List<String> names) {
        return names.stream()
                .filter(name -> has(name) && !node.path(name).isBoolean())
                .findFirst();
    }

    Optional<String> notNumber(List<String> names) {
        return names.stream()
                .filter(name -> has(name) && !node.path(name).isNumber())
                .findFirst();
    }
}
