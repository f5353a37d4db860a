package io.camelray.intake;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a template does to a value before it is filled in: {@code {{sku.name | slug}}}. */
sealed interface TextFilter {

    /** For people. */
    String KNOWN = "slug, upper, lower and default:\"…\"";

    /** The value; empty if there still is none. */
    Optional<String> apply(Optional<String> value);

    /** Small letters and digits of ASCII, anything else between them one hyphen. */
    record Slug() implements TextFilter {
        @Override
        public Optional<String> apply(Optional<String> value) {
            return value.map(text -> Normalizer.normalize(text, Normalizer.Form.NFKD)
                    .replaceAll("\\p{M}+", "")
                    .replace("ß", "ss")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-|-$", ""));
        }
    }

    record Upper() implements TextFilter {
        @Override
        public Optional<String> apply(Optional<String> value) {
            return value.map(text -> text.toUpperCase(Locale.ROOT));
        }
    }

    record Lower() implements TextFilter {
        @Override
        public Optional<String> apply(Optional<String> value) {
            return value.map(text -> text.toLowerCase(Locale.ROOT));
        }
    }

    /** Stands in for a value that is not there. */
    record Default(String text) implements TextFilter {
        @Override
        public Optional<String> apply(Optional<String> value) {
            return value.isPresent() ? value : Optional.of(text);
        }
    }

    /** A name with what is done to its value. */
    record Piped(String path, List<TextFilter> filters) {}

    /** Reads what stands between the braces, {@code sku.name | default:"a mug" | upper}. */
    static Piped read(String text) throws TemplateException {
        int bar = text.indexOf('|');
        if (bar < 0) {
            return new Piped(text, List.of());
        }
        Matcher next = Syntax.FILTER.matcher(text).region(bar, text.length());
        List<TextFilter> filters = new ArrayList<>();
        int at = bar;
        while (next.lookingAt()) {
            filters.add(filter(next));
            at = next.end();
            next.region(at, text.length());
        }
        if (at < text.length()) {
            throw new TemplateException(
                    "'" + Kinds.shorten(text.substring(at)) + "' is no filter; there are " + KNOWN + ".");
        }
        return new Piped(text.substring(0, bar).strip(), List.copyOf(filters));
    }

    private static TextFilter filter(Matcher found) {
        return switch (found.group(1)) {
            case "slug" -> new Slug();
            case "upper" -> new Upper();
            case "lower" -> new Lower();
            default -> new Default(found.group(2) == null ? found.group(3) : found.group(2));
        };
    }

    /** How filters are written. */
    final class Syntax {
        private static final Pattern FILTER =
                Pattern.compile("\\|\\s*(slug|upper|lower|default\\s*:\\s*(?:\"([^\"]*)\"|'([^']*)'))\\s*");

        private Syntax() {}
    }
}
