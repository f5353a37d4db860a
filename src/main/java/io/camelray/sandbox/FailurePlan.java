package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What goes wrong, and when. At each occasion the first rule that fits strikes.
 *
 * <p>A plan file is YAML or JSON: {@code rules: [{on: submit, match: {promptContains: bottle, nth: 2}, times: 1, do:
 * reset-after-accept}]}. {@code times} is 1 unless given, and 0 means always.
 */
public record FailurePlan(List<FailureRule> rules) {

    private static final Set<String> RULE_KEYS = Set.of("on", "match", "times", "do", "millis");
    private static final Set<String> MATCH_KEYS =
            Set.of("promptContains", "resolution", "type", "provider", "nth", "every");

    public FailurePlan {
        rules = List.copyOf(rules);
    }

    public static FailurePlan none() {
        return new FailurePlan(List.of());
    }

    public static FailurePlan of(FailureRule... rules) {
        return new FailurePlan(List.of(rules));
    }

    /** Reads a plan file. @throws SandboxException if it cannot be read or says something unknown */
    public static FailurePlan read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new SandboxException("the failure plan " + file + " cannot be read", e);
        } catch (SandboxException e) {
            throw new SandboxException("the failure plan " + file + " is wrong: " + e.getMessage(), e);
        }
    }

    /** Reads the text of a plan, YAML or JSON. @throws SandboxException if it says something unknown */
    public static FailurePlan parse(String text) {
        JsonNode plan;
        try {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
            plan = new ObjectMapper().valueToTree(loaded);
        } catch (YamlEngineException e) {
            throw new SandboxException("it is neither YAML nor JSON: " + e.getMessage(), e);
        }
        JsonNode list = plan.isArray() ? plan : plan.path("rules");
        if (!list.isArray()) {
            throw new SandboxException("it must have a list 'rules'");
        }
        List<FailureRule> rules = new ArrayList<>();
        for (JsonNode rule : list) {
            rules.add(rule(rule));
        }
        return new FailurePlan(rules);
    }

    private static FailureRule rule(JsonNode rule) {
        refuseUnknown(rule, RULE_KEYS);
        JsonNode match = rule.path("match");
        refuseUnknown(match, MATCH_KEYS);
        return new FailureRule(
                stage(rule.path("on").asText()),
                new FailureRule.Match(
                        text(match, "promptContains"),
                        text(match, "resolution"),
                        text(match, "type"),
                        provider(match),
                        number(match, "nth", 1),
                        number(match, "every", 1)),
                number(rule, "times", 1),
                action(rule.path("do").asText()),
                Duration.ofMillis(number(rule, "millis", 1000)));
    }

    private static Optional<String> provider(JsonNode match) {
        Optional<String> name = text(match, "provider");
        List<String> known =
                Arrays.stream(Provider.values()).map(Provider::wireName).toList();
        if (name.isPresent() && !known.contains(name.get())) {
            throw unknown("provider", name.get(), known);
        }
        return name;
    }

    private static FailureStage stage(String name) {
        return Arrays.stream(FailureStage.values())
                .filter(stage -> stage.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "on",
                        name,
                        Arrays.stream(FailureStage.values())
                                .map(FailureStage::wireName)
                                .toList()));
    }

    private static FailureAction action(String name) {
        return FailureAction.named(name)
                .orElseThrow(() -> unknown(
                        "do",
                        name,
                        Arrays.stream(FailureAction.values())
                                .map(FailureAction::wireName)
                                .toList()));
    }

    private static SandboxException unknown(String key, String value, List<String> allowed) {
        return new SandboxException("'" + key + "' is '" + value + "': it must be one of " + allowed);
    }

    private static void refuseUnknown(JsonNode node, Set<String> known) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new SandboxException("unknown key '" + name + "': known are "
                        + known.stream().sorted().toList());
            }
        }
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.hasNonNull(key) ? Optional.of(node.get(key).asText()) : Optional.empty();
    }

    private static int number(JsonNode node, String key, int otherwise) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new SandboxException("'" + key + "' is " + value + ": it must be a whole number");
        }
        return value.intValue();
    }
}
