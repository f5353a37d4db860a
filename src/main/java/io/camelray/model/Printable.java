package io.camelray.model;

import java.util.regex.Pattern;

/** Makes text of unknown origin safe to show: it stays on its line, and changes nothing of what is shown around it. */
final class Printable {

    /** Control characters, line separators, and what turns the direction of writing around. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private Printable() {}

    /** The text with {@code \u005Cu000A} and the like instead of what cannot be shown. */
    static String of(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(
                        found -> String.format("\\\\u%04X", (int) found.group().charAt(0)));
    }
}
