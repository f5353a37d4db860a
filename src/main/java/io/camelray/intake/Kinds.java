package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Names a value in a sentence. */
final class Kinds {

    private static final int LONGEST = 60;

    private static final Pattern QUERY = Pattern.compile("(://[^\\s?#]*[?#])\\S+");
    private static final Pattern USER = Pattern.compile("://[^\\s/?#@]+@");

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

    /** The text as a sentence may quote it: no secret that an address may carry, and not too long. */
    static String shorten(String text) {
        String plain = USER.matcher(QUERY.matcher(text).replaceAll("$1…")).replaceAll("://…@");
        return plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
