package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;

/** Names a value in a sentence. */
final class Kinds {

    private static final int LONGEST = 60;

    private Kinds() {}

    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "a set of fields";
            case NULL -> "empty";
            case STRING -> "the text '" + shorten(value.textValue()) + "'";
            case NUMBER -> "the number " + value.asText();
            case BOOLEAN -> value.asText();
            default -> "that";
        };
    }

    static String shorten(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
