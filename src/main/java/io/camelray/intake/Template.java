package io.camelray.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Text with {@code {{name.path}}} in it. A name may be followed by filters; there is no other logic, and what is filled in is never looked at again. */
final class Template {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final List<Part> parts;

    /** A piece of a template. */
    sealed interface Part {}

    record Text(String text) implements Part {}

    /** @param filters what is done to its value, in order */
    record Name(String path, List<TextFilter> filters) implements Part {

        /** The value in one variant; empty if there is none. */
        Optional<String> in(Names names) {
            Optional<String> value = names.find(path);
            boolean known = value.isPresent() || names.mayBeMissing(path);
            for (TextFilter filter : filters) {
                // A default stands in for a value that is missing, never for a name that nothing has.
                value = known ? filter.apply(value) : value;
            }
            return value;
        }
    }

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static boolean isTemplate(String text) {
        return text.contains(OPEN);
    }

    static Template parse(String text) throws TemplateException {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (true) {
            int open = text.indexOf(OPEN, at);
            if (open < 0) {
                parts.add(new Text(text.substring(at)));
                return new Template(parts);
            }
            int close = text.indexOf(CLOSE, open);
            TextFilter.Piped piped = TextFilter.read(
                    close < 0 ? "" : text.substring(open + OPEN.length(), close).strip());
            String path = piped.path();
            if (close < 0) {
                throw new TemplateException("'{{' is opened and never closed.");
            }
            if (path.isEmpty() || path.contains("{") || path.contains("}")) {
                throw new TemplateException("'" + Kinds.shorten(text.substring(open, close + 2)) + "' names nothing.");
            }
            parts.add(new Text(text.substring(at, open)));
            parts.add(new Name(path, piped.filters()));
            at = close + CLOSE.length();
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** Fills in the names; one that is not known is handed to {@code missing} and leaves nothing behind. */
    String render(Names names, Consumer<String> missing) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text literal) {
                out.append(literal.text());
            } else if (part instanceof Name name) {
                name.in(names).ifPresentOrElse(out::append, () -> missing.accept(name.path()));
            }
        }
        return out.toString();
    }
}
