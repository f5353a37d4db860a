package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Labelled;
import io.camelray.model.Place;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of the render fields, templates filled in. What no field takes is told, and counts as not said. */
final class VariantFields {

    private final Campaign campaign;
    private final FieldRules rules;
    private final Map<JsonNode, Optional<Template>> templates = new IdentityHashMap<>();

    VariantFields(Campaign campaign, FieldRules rules) {
        this.campaign = campaign;
        this.rules = rules;
    }

    /** The values of one cell, and where each comes from. */
    static final class Values {
        private final Map<RenderField, String> texts = new EnumMap<>(RenderField.class);
        private final Map<RenderField, String> pointers = new EnumMap<>(RenderField.class);

        Optional<String> text(RenderField field) {
            return Optional.ofNullable(texts.get(field));
        }

        boolean flag(RenderField field) {
            return Boolean.parseBoolean(texts.get(field));
        }

        <E extends Enum<E> & Labelled> Optional<E> label(RenderField field, Class<E> type) {
            return text(field).flatMap(text -> Labelled.find(type, text));
        }

        /** Where the field's value stands; the whole manifest if nowhere. */
        String pointer(String field) {
            return Labelled.find(RenderField.class, field).map(pointers::get).orElse("");
        }

        boolean isSaid(RenderField field) {
            return pointers.containsKey(field);
        }
    }

    /** Fills one field into {@code values}. */
    void read(RenderField field, Cell cell, Names names, Values values, Violations violations) {
        Optional<FieldValue> said = campaign.effective(field, cell);
        if (said.isEmpty()) {
            return;
        }
        JsonNode node = said.get().node();
        String pointer = said.get().pointer();
        values.pointers.put(field, pointer);
        if (!node.isTextual() || !Template.isTemplate(node.textValue())) {
            readPlain(field, node, pointer, values, violations);
            return;
        }
        Optional<Template> template =
                templates.computeIfAbsent(node, key -> parse(node.textValue(), campaign.place(pointer), violations));
        if (template.isPresent()) {
            readTemplate(field, template.get(), pointer, names, values, violations);
        }
    }

    private void readPlain(RenderField field, JsonNode node, String pointer, Values values, Violations violations) {
        if (node.isValueNode() && accepts(field, node)) {
            values.texts.put(field, node.asText());
        } else if (node.isValueNode()) {
            Violation violation = rules.refuse(field, node, campaign.place(pointer));
            violations.error(Stage.ENUMS, violation.rule(), violation.place(), violation.message(), violation.remedy());
        }
    }

    private void readTemplate(
            RenderField field, Template template, String pointer, Names names, Values values, Violations violations) {
        Place place = campaign.place(pointer);
        boolean[] complete = {true};
        String text = template.render(names, path -> {
            complete[0] = false;
            violations.inVariant(
                    Stage.REFERENCES, "template\n" + pointer + '\n' + path, () -> unresolved(path, place, names));
        });
        TextNode node = TextNode.valueOf(text);
        if (complete[0] && (field == RenderField.PROMPT || !text.isEmpty() && acceptsText(field, text))) {
            values.texts.put(field, text);
        } else if (complete[0]) {
            violations.inVariant(
                    Stage.ENUMS, "value\n" + pointer + '\n' + text, () -> in(rules.refuse(field, node, place), names));
        }
    }

    private static boolean accepts(RenderField field, JsonNode node) {
        return field.isFlag() ? node.isBoolean() : node.isTextual() && acceptsText(field, node.textValue());
    }

    private static boolean acceptsText(RenderField field, String text) {
        return switch (field) {
            case PROMPT -> true;
            case ASPECT_RATIO -> Labelled.find(AspectRatio.class, text).isPresent();
            case RESOLUTION -> Labelled.find(Resolution.class, text).isPresent();
            case DURATION -> Labelled.find(ClipLength.class, text).isPresent();
            case HDR, EXR_EXPORT, LOOP -> text.equals("true") || text.equals("false");
        };
    }

    private static Optional<Template> parse(String text, Place place, Violations violations) {
        try {
            return Optional.of(Template.parse(text));
        } catch (TemplateException e) {
            violations.error(Stage.REFERENCES, "template", place, e.getMessage(), "Write {{axis}} or {{axis.field}}.");
            return Optional.empty();
        }
    }

    /** A name that resolves to nothing in a variant. */
    static Violation unresolved(String path, Place place, Names names) {
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

    private static Violation in(Violation violation, Names names) {
        return new Violation(
                violation.rule(),
                violation.severity(),
                violation.place(),
                violation.message(),
                violation.remedy(),
                names.label());
    }
}
