package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.EditStrength;
import io.camelray.model.Labelled;
import io.camelray.model.PoseStrength;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ratios, resolutions, lengths and strengths that exist. */
final class FormatRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(
                oneOf("R14", Set.of(LUMA), "aspectRatio", "aspect ratio", AspectRatio.class),
                oneOf("R17", Set.of(GMI), "aspectRatio", "aspect ratio", AspectRatio.class),
                oneOf("R18", Set.of(REPLICATE), "aspectRatio", "aspect ratio", AspectRatio.class),
                oneOf("R23", Set.of(LUMA), "resolution", "resolution", Resolution.class),
                noDrafts(),
                oneOf("R25", Set.of(LUMA, GMI), "duration", "duration", ClipLength.class),
                oneOf("R26", Set.of(REPLICATE), "duration", "duration", ClipLength.class),
                oneOf("R79", Set.of(LUMA, GMI), "edit/strength", "edit strength", EditStrength.class),
                oneOf("R80", Set.of(LUMA, GMI), "edit/pose", "pose strength", PoseStrength.class));
    }

    private static <E extends Enum<E> & Labelled> Rule oneOf(
            String id, Set<ProviderName> providers, String field, String noun, Class<E> type) {
        String labels = Labelled.labels(type);
        return rule(id, providers, field, noun, labels, (Rule.ValueCheck) written ->
                Labelled.find(type, written).isPresent() ? Optional.empty() : Optional.of(unknown(written, noun)));
    }

    private static Rule noDrafts() {
        String labels = Arrays.stream(Resolution.values())
                .filter(resolution -> resolution != Resolution.P360)
                .map(Resolution::label)
                .collect(Collectors.joining(", "));
        return rule("R24", Set.of(GMI, REPLICATE), "resolution", "resolution", labels, new NoDrafts());
    }

    private static Rule rule(
            String id, Set<ProviderName> providers, String field, String noun, String labels, Rule.Check check) {
        return new Rule(
                id,
                Severity.ERROR,
                Stage.ENUMS,
                providers,
                field,
                "The " + noun + " is unset or one of " + labels + ".",
                "Use one of " + labels + ".",
                check);
    }

    private static String unknown(String written, String noun) {
        String article = noun.startsWith("a") || noun.startsWith("e") ? "an " : "a ";
        return "'" + written + "' is not " + article + noun + " that Ray 3.2 offers.";
    }

    /** 360p can be asked for, but not of everybody: looked for in what is written, and in what was read. */
    private static final class NoDrafts implements Rule.ValueCheck, Rule.RequestCheck {

        @Override
        public Optional<String> check(String written) {
            if (written.equals(Resolution.P360.label())) {
                return Optional.of("360p drafts are offered by luma alone.");
            }
            return Labelled.find(Resolution.class, written).isPresent()
                    ? Optional.empty()
                    : Optional.of(unknown(written, "resolution"));
        }

        @Override
        public List<Verdict> check(RenderRequest request, RuleContext context) {
            return Verdict.error(
                    request.resolution() == Resolution.P360,
                    "Provider '" + context.provider().label() + "' does not offer 360p drafts; luma does.");
        }
    }
}
