package io.camelray.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Text with {@code {{name.path}}} in it. It has no logic, and what is filled in is never looked at again. */
final class Template {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final List<Part> parts;

    /** A piece of a template. */
    sealed interface Part {}

    record Text(String text) implements Part {}

    record Name(String path) implements Part {}

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
            String path =
                    close < 0 ? "" : text.substring(open + OPEN.length(), close).strip();
            if (close < 0) {
                throw new TemplateException("'{{' is opened and never closed.");
            }
            if (path.isEmpty() || path.contains("{") || path.contains("}")) {
                throw new TemplateException("'" + Kinds.shorten(text.substring(open, close + 2)) + "' names nothing.");
            }
            parts.add(new Text(text.substring(at, open)));
            parts.add(new Name(path));
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
                Optional<String> value = names.find(name.path());
                value.ifPresentOrElse(out::append, () -> missing.accept(name.path()));
            }
        }
        return out.toString();
    }
}
