package io.camelray.delivery;

import java.io.IOException;
import org.apache.commons.text.StringEscapeUtils;

/** Writes HTML in which every value is text: there is no way to a value but through the escaping. */
final class Markup {

    private final Appendable out;

    Markup(Appendable out) {
        this.out = out;
    }

    /**
     * A fixed piece of markup, in which each {@code {}} stands for a value, in text and in attributes within double quotes.
     *
     * @throws IllegalArgumentException if there are more or fewer values than places
     */
    Markup add(String fixed, Object... values) throws IOException {
        int from = 0;
        for (Object value : values) {
            int place = fixed.indexOf("{}", from);
            if (place < 0) {
                throw new IllegalArgumentException("No place for a value in " + fixed);
            }
            out.append(fixed, from, place).append(escaped(String.valueOf(value)));
            from = place + 2;
        }
        if (fixed.indexOf("{}", from) >= 0 && values.length > 0) {
            throw new IllegalArgumentException("No value for a place in " + fixed);
        }
        out.append(fixed, from, fixed.length());
        return this;
    }

    /** Characters that no XML may hold are left out, so that nothing hides in what a reader does not see. */
    private static String escaped(String value) {
        return StringEscapeUtils.escapeXml10(value);
    }
}
