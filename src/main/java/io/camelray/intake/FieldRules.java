package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Place;
import io.camelray.model.ProviderName;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Finding;
import io.camelray.rules.RuleBook;
import java.util.Optional;

/** Says what is wrong with the value of one render field, whether the schema or the expansion notices. */
final class FieldRules {

    private final RuleBook rules;
    private final ProviderName provider;

    FieldRules(RuleBook rules, ProviderName provider) {
        this.rules = rules;
        this.provider = provider;
    }

    /** What is wrong with a value that this field does not take. */
    Violation refuse(RenderField field, JsonNode value, Place place) {
        return refuse(field.label(), value, place, field.remedy());
    }

    /** @param path the field as rules call it, {@code edit/strength}
     * @param remedy what could be written, where no rule knows better */
    Violation refuse(String path, JsonNode value, Place place, String remedy) {
        String written = Axis.text(value);
        return Optional.of(written)
                .filter(text -> !value.isNull())
                .flatMap(text -> rules.checkValue(path, text, provider))
                .map(finding -> violation(finding, place))
                .orElseGet(() -> new Violation(
                        "schema",
                        Severity.ERROR,
                        place,
                        "'" + path.replace('/', '.') + "' cannot be " + Kinds.of(value) + ".",
                        remedy,
                        ""));
    }

    private static Violation violation(Finding finding, Place place) {
        return new Violation(finding.rule().id(), finding.severity(), place, finding.message(), finding.remedy(), "");
    }
}
