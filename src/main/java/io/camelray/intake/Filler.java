package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the text of a value in one cell: as it is written, or with its template filled in. */
final class Filler {

    private final Places places;
    private final boolean templates;
    private final Map<JsonNode, Optional<Template>> parsed = new IdentityHashMap<>();

    /** @param templates whether {@code {{names}}} are filled in; else they are text like any other */
    Filler(Places places, boolean templates) {
        this.places = places;
        this.templates = templates;
    }

    /** @param templated whether the text was made from a template */
    record Filled(String text, boolean templated) {}

    /** The text of a plain value; empty if it is none, or if a template cannot be filled in, which is told. */
    Optional<Filled> fill(FieldValue value, Names names, Violations violations) {
        JsonNode node = value.node();
        if (!node.isValueNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!templates || !node.isTextual() || !Template.isTemplate(node.textValue())) {
            return Optional.of(new Filled(node.asText(), false));
        }
        Optional<Template> template = parsed.get(node);
        if (template == null) {
            template = parse(node.textValue(), places.of(value.pointer()), violations);
            parsed.put(node, template);
        }
        return template.flatMap(known -> render(known, value.pointer(), names, violations))
                .map(text -> new Filled(text, true));
    }

    private Optional<String> render(Template template, String pointer, Names names, Violations violations) {
        boolean[] complete = {true};
        String text = template.render(names, path -> {
            complete[0] = false;
            violations.inVariant(
                    Stage.REFERENCES,
                    "template\n" + pointer + '\n' + path,
                    () -> unresolved(path, places.of(pointer), names));
        });
        return complete[0] ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Template> parse(String text, Place place, Violations violations) {
        try {
            return Optional.of(Template.parse(text));
        } catch (TemplateException e) {
            violations.error(
                    Stage.REFERENCES,
                    "template",
                    place,
                    e.getMessage(),
                    "Write {{axis}}, {{axis.field}} or {{axis.field | slug}}.");
            return Optional.empty();
        }
    }

    /** A name that resolves to nothing in a variant. */
    static Violation unresolved(String path, Place place, Names names) {
        Optional<Place> empty = names.emptyCell(path, place);
        if (empty.isPresent()) {
            return new Violation(
                    "template",
                    Severity.ERROR,
                    empty.get(),
                    "{{" + Kinds.shorten(path) + "}} resolves to nothing: " + names.explain(path) + ".",
                    "Fill the cell in, or write {{" + Kinds.shorten(path) + " | default:\"…\"}}.",
                    names.label());
        }
        return new Violation(
                "template",
                Severity.ERROR,
                place,
                "{{" + Kinds.shorten(path) + "}} resolves to nothing: " + names.explain(path) + ".",
                Suggestions.nearest(path, names.known())
                        .map(name -> "Did you mean {{" + name + "}}?")
                        .orElseGet(() -> "Known here: " + String.join(", ", names.known()) + "."),
                names.label());
    }
}
