package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.camelray.model.EditStrength;
import io.camelray.model.Labelled;
import io.camelray.model.Place;
import io.camelray.model.PoseStrength;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Puts what the schema validator found into sentences that help. */
final class SchemaSentences {

    private static final String RULE = "schema";

    private final ManifestDocument document;
    private final Set<String> names;
    private final FieldRules rules;
    private final Violations violations;

    SchemaSentences(ManifestDocument document, Set<String> names, FieldRules rules, Violations violations) {
        this.document = document;
        this.names = names;
        this.rules = rules;
        this.violations = violations;
    }

    /** Tells everything that the validator found about one subject as one violation. */
    void tell(List<ValidationMessage> messages) {
        ValidationMessage message = messages.get(0);
        String pointer = message.getInstanceLocation().toString();
        JsonNode value = document.root().at(pointer);
        Place place = document.places().of(pointer);
        switch (message.getType()) {
            case "additionalProperties" -> unknownField(pointer, message.getProperty());
            case "required" ->
                violations.error(
                        Stage.ENVELOPE,
                        RULE,
                        place,
                        "'" + message.getProperty() + "' is missing"
                                + (pointer.isEmpty() ? "." : " in " + name(pointer) + "."),
                        "Add " + message.getProperty() + ": ….");
            case "propertyNames" -> {} // MatrixReader names the axis
            case "uniqueItems" -> {} // OutputChoice names the entry
            default -> wrongValue(pointer, value, place, messages);
        }
    }

    private void unknownField(String parent, String field) {
        Place place = document.places().ofName(Places.child(parent, field));
        Collection<String> known = FieldNames.in(parent, names);
        String all = "Known here: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".";
        violations.error(
                Stage.ENVELOPE,
                "unknown-field",
                place,
                "There is no field '" + Kinds.shorten(field) + "'"
                        + (parent.isEmpty() ? "." : " in " + name(parent) + "."),
                Suggestions.didYouMean(field, known, all));
    }

    private void wrongValue(String pointer, JsonNode value, Place place, List<ValidationMessage> messages) {
        Optional<RenderField> field = renderField(pointer);
        boolean tooLong = messages.get(0).getType().equals("maxLength");
        Optional<String> nested = nested(pointer);
        if (nested.isPresent() && value.isValueNode() && !tooLong) {
            Violation violation = rules.refuse(nested.get(), value, place, nestedRemedy(nested.get()));
            violations.error(Stage.ENUMS, violation.rule(), place, violation.message(), violation.remedy());
        } else if (field.isPresent() && value.isValueNode() && !tooLong) {
            Violation violation = rules.refuse(field.get(), value, place);
            violations.error(Stage.ENUMS, violation.rule(), place, violation.message(), violation.remedy());
        } else if (value.isObject()
                && value.has(DataFiles.FROM)
                && !pointer.startsWith("/deliver/")
                && messages.get(0).getType().equals("type")) {
            violations.error(
                    Stage.ENVELOPE,
                    RULE,
                    document.places().ofName(Places.child(pointer, DataFiles.FROM)),
                    name(pointer) + " cannot come from a data file, because it sets a render field.",
                    "List its values, or use an axis of your own and {{axis.column}} in the field.");
        } else {
            Stage stage = messages.get(0).getType().equals("enum") ? Stage.ENUMS : Stage.ENVELOPE;
            violations.error(
                    stage, RULE, place, says(pointer, value, messages.get(0)), remedy(pointer, value, messages.get(0)));
        }
    }

    private static String says(String pointer, JsonNode value, ValidationMessage message) {
        String subject = name(pointer);
        return switch (message.getType()) {
            case "type" -> subject + " cannot be " + Kinds.of(value) + ".";
            case "minItems", "minProperties", "minLength" -> subject + " is empty.";
            case "maxItems" -> subject + " has too many entries.";
            case "maxLength" -> subject + " is too long.";
            case "minimum", "maximum" -> subject + " is out of range: " + value.asText() + ".";
            default -> subject + " cannot be " + Kinds.of(value) + ".";
        };
    }

    private static String remedy(String pointer, JsonNode value, ValidationMessage message) {
        JsonNode wanted = message.getSchemaNode();
        return switch (message.getType()) {
            case "type" -> "Write " + types(wanted) + ".";
            case "enum" ->
                Suggestions.nearest(value.asText(), labels(wanted))
                                .map(label -> "Did you mean '" + label + "'? ")
                                .orElse("")
                        + "Use one of " + String.join(", ", labels(wanted)) + ".";
            case "pattern" ->
                pointer.equals("/" + RetryManifest.RETRY_OF)
                        ? "Name the campaign and the revision, such as spring-mugs/r1."
                        : ManifestInterpreter.SLUG_REMEDY;
            case "minItems", "minProperties", "minLength" -> "Fill it in or remove it.";
            case "maxItems" -> "Use at most " + wanted.asText() + ".";
            case "maxLength" -> "Use at most " + wanted.asText() + " characters.";
            case "minimum" -> "Use " + wanted.asText() + " or more.";
            case "maximum" -> "Use " + wanted.asText() + " or less.";
            default -> "See manifest.schema.json.";
        };
    }

    private static String types(JsonNode wanted) {
        List<String> types = wanted.isArray()
                ? StreamSupport.stream(wanted.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of(wanted.asText());
        if (types.equals(List.of("array", "object"))) {
            return "a list, or { from: skus.csv }";
        }
        return types.stream()
                .map(type -> switch (type) {
                    case "string" -> "text (in quotes, if it looks like something else)";
                    case "number" -> "a number";
                    case "integer" -> "a whole number";
                    case "boolean" -> "true or false";
                    case "array" -> "a list";
                    default -> types.size() > 1 ? "fields with an id" : "a set of fields";
                })
                .collect(Collectors.joining(", "));
    }

    private static List<String> labels(JsonNode wanted) {
        return StreamSupport.stream(wanted.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The render field that a pointer leads to: a field of that name, or an item of an axis of that name. */
    private static Optional<RenderField> renderField(String pointer) {
        String[] parts = pointer.split("/");
        String last = parts[parts.length - 1];
        boolean axisItem = parts.length == 4 && parts[1].equals("matrix") && last.matches("[0-9]+");
        return axisItem
                ? Labelled.find(RenderField.class, parts[2])
                : FieldNames.isRenderFieldPlace(parts) ? Labelled.find(RenderField.class, last) : Optional.empty();
    }

    /** A field within a render field, as rules call it: {@code edit/strength}. */
    private static Optional<String> nested(String pointer) {
        if (FieldNames.isKeyframePosition(pointer)) {
            return Optional.of(FieldGroups.AT);
        }
        int group = Math.max(pointer.lastIndexOf("/edit/"), pointer.lastIndexOf("/sourcePosition/"));
        return group < 0 || pointer.startsWith("/matrix/edit")
                ? Optional.empty()
                : Optional.of(pointer.substring(group + 1)).filter(path -> path.indexOf('/') == path.lastIndexOf('/'));
    }

    private static String nestedRemedy(String path) {
        return switch (path) {
            case "edit/autoControls", "edit/face" -> "Use true or false.";
            case "edit/strength" -> "Use one of " + Labelled.labels(EditStrength.class) + ".";
            case "edit/pose" -> "Use one of " + Labelled.labels(PoseStrength.class) + ".";
            case FieldGroups.AT -> FieldGroups.AT_REMEDY;
            case "edit/keyframes" -> RenderField.KEYFRAMES.remedy();
            default -> "Write a number.";
        };
    }

    /** How a person would call what a pointer leads to. */
    private static String name(String pointer) {
        return pointer.isEmpty()
                ? "The manifest"
                : "'"
                        + pointer.substring(1)
                                .replace('/', '.')
                                .replace("~1", "/")
                                .replace("~0", "~") + "'";
    }
}
