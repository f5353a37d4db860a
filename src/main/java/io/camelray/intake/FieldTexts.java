package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.camelray.model.Labelled;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Reads plain values of one variant: flags, choices, numbers. What they cannot be is told, and counts as not said. */
final class FieldTexts {

    private final FieldRules rules;
    private final Filler filler;

    FieldTexts(FieldRules rules, Filler filler) {
        this.rules = rules;
        this.filler = filler;
    }

    Optional<Filler.Filled> fill(FieldValue value, Complaints complaints) {
        return filler.fill(value, complaints.names(), complaints.violations());
    }

    /**
     * The text of a value that passes.
     *
     * @param path the field as rules call it
     * @param takes whether such a value can be written
     * @param accepts whether its text can be used
     */
    Optional<String> text(
            String path,
            FieldValue value,
            String remedy,
            Predicate<JsonNode> takes,
            Predicate<String> accepts,
            Complaints complaints) {
        Optional<Filler.Filled> filled = fill(value, complaints);
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        Filler.Filled said = filled.get();
        if ((said.templated() || takes.test(value.node())) && accepts.test(said.text())) {
            return Optional.of(said.text());
        }
        JsonNode shown = said.templated() ? TextNode.valueOf(said.text()) : value.node();
        Violation violation = rules.refuse(path, shown, complaints.places().of(value.pointer()), remedy);
        complaints.refuse(said.templated(), Stage.ENUMS, violation);
        return Optional.empty();
    }

    Optional<Boolean> flag(String path, FieldValue value, Complaints complaints) {
        return text(path, value, "Use true or false.", JsonNode::isBoolean, FieldTexts::isFlag, complaints)
                .map(Boolean::valueOf);
    }

    <E extends Enum<E> & Labelled> Optional<E> choice(
            String path, FieldValue value, Class<E> type, Complaints complaints) {
        return text(
                        path,
                        value,
                        "Use one of " + Labelled.labels(type) + ".",
                        JsonNode::isTextual,
                        text -> Labelled.find(type, text).isPresent(),
                        complaints)
                .flatMap(text -> Labelled.find(type, text));
    }

    OptionalDouble number(String path, FieldValue value, Complaints complaints) {
        return text(path, value, "Write a number.", JsonNode::isNumber, FieldTexts::isNumber, complaints)
                .map(text -> OptionalDouble.of(Double.parseDouble(text)))
                .orElseGet(OptionalDouble::empty);
    }

    static boolean isFlag(String text) {
        return text.equals("true") || text.equals("false");
    }

    private static boolean isNumber(String text) {
        return text.matches("[+-]?[0-9]{1,15}(\\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?");
    }
}
