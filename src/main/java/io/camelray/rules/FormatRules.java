package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Labelled;
import io.camelray.model.ProviderName;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ratios, resolutions and lengths that exist. */
final class FormatRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                oneOf("R14", Set.of(LUMA), "aspectRatio", "aspect ratio", AspectRatio.class),
                oneOf("R23", Set.of(LUMA), "resolution", "resolution", Resolution.class),
                oneOf("R25", Set.of(LUMA, GMI), "duration", "duration", ClipLength.class));
    }

    private static <E extends Enum<E> & Labelled> Rule oneOf(
            String id, Set<ProviderName> providers, String field, String noun, Class<E> type) {
        String labels = Labelled.labels(type);
        return new Rule(
                id,
                Severity.ERROR,
                Stage.ENUMS,
                providers,
                field,
                "The " + noun + " is unset or one of " + labels + ".",
                "Use one of " + labels + ".",
                (Rule.ValueCheck) written -> Labelled.find(type, written).isPresent()
                        ? Optional.empty()
                        : Optional.of("'" + written + "' is not " + article(noun) + noun + " that Ray 3.2 offers."));
    }

    private static String article(String noun) {
        return noun.startsWith("a") ? "an " : "a ";
    }
}
