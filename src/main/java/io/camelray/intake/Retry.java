package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Place;
import io.camelray.rules.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a manifest with {@code retryOf} asks for.
 *
 * @param revision of the campaign
 * @param only what it names; everything else stays as it is
 */
record Retry(String campaign, int revision, List<Only> only) {

    private static final String RULE = "retry";
    private static final Pattern RETRY_OF = Pattern.compile("([a-z0-9][a-z0-9-]{0,62})/r([1-9][0-9]{0,8})");

    /** The cells of a step that have these values; the axes that are not named may have any. */
    record Only(String step, Map<String, String> cell, String pointer) {

        boolean matches(String otherStep, Map<String, String> otherCell) {
            return step.equals(otherStep) && otherCell.entrySet().containsAll(cell.entrySet());
        }
    }

    /** Whether the manifest asks for something again, or seems to. */
    static boolean isAsked(JsonNode root) {
        return root.has(RetryManifest.RETRY_OF) || root.has(RetryManifest.ONLY);
    }

    /** What it asks for, or empty with the reason told. What has the wrong shape is told by the schema. */
    static Optional<Retry> read(ManifestDocument document, Violations violations) {
        JsonNode root = document.root();
        JsonNode retryOf = root.path(RetryManifest.RETRY_OF);
        JsonNode only = root.path(RetryManifest.ONLY);
        if (retryOf.isMissingNode() || only.isMissingNode()) {
            String missing = retryOf.isMissingNode() ? RetryManifest.RETRY_OF : RetryManifest.ONLY;
            tell(
                    violations,
                    document.places().of(retryOf.isMissingNode() ? "/only" : "/retryOf"),
                    "'" + missing
                            + "' is missing: 'retryOf' says of which revision, 'only' which of its cells go again.",
                    "Drop what the dead letter holds, or a list of renders such as R17.");
            return Optional.empty();
        }
        Matcher named = RETRY_OF.matcher(retryOf.asText());
        if (!retryOf.isTextual() || !named.matches() || !only.isArray()) {
            return Optional.empty();
        }
        if (!named.group(1).equals(root.path("campaign").asText())) {
            tell(
                    violations,
                    document.places().of("/retryOf"),
                    "'retryOf' names campaign '" + named.group(1) + "', the manifest another one.",
                    "Name one campaign in both.");
            return Optional.empty();
        }
        return Optional.of(new Retry(named.group(1), Integer.parseInt(named.group(2)), entries(only)));
    }

    static void tell(Violations violations, Place place, String message, String remedy) {
        violations.error(Stage.ENVELOPE, RULE, place, message, remedy);
    }

    private static List<Only> entries(JsonNode only) {
        List<Only> entries = new ArrayList<>();
        for (int at = 0; at < only.size(); at++) {
            JsonNode entry = only.get(at);
            entries.add(new Only(
                    entry.path(RetryManifest.STEP).asText(Step.DEFAULT_ID),
                    cell(entry.path(RetryManifest.CELL)),
                    "/only/" + at));
        }
        return entries;
    }

    /** The axis values by axis. */
    static Map<String, String> cell(JsonNode cell) {
        Map<String, String> values = new HashMap<>();
        cell.properties()
                .forEach(axis -> values.put(axis.getKey(), axis.getValue().asText()));
        return Map.copyOf(values);
    }

    /** Tells what is named that the manifest does not have. */
    void check(Campaign campaign, Violations violations) {
        for (Only entry : only) {
            Optional<Step> step = campaign.steps().stream()
                    .filter(known -> known.id().equals(entry.step()))
                    .findFirst();
            if (step.isEmpty()) {
                tell(
                        violations,
                        campaign.place(entry.pointer()),
                        "There is no step '" + Kinds.shorten(entry.step()) + "'.",
                        "Name one of " + campaign.steps().stream().map(Step::id).toList() + ".");
                continue;
            }
            entry.cell().forEach((axis, value) -> {
                if (!has(campaign, step.get(), axis, value)) {
                    tell(
                            violations,
                            campaign.place(entry.pointer()),
                            "Step '" + entry.step() + "' has no cell where '" + Kinds.shorten(axis) + "' is '"
                                    + Kinds.shorten(value) + "'.",
                            "Name axes that the step fans out over, and their values or ids.");
                }
            });
        }
    }

    private static boolean has(Campaign campaign, Step step, String axis, String value) {
        OptionalInt at = campaign.matrix().axis(axis);
        return at.isPresent()
                && step.each().covers(at.getAsInt())
                && campaign.matrix().axes().get(at.getAsInt()).indexOf(value) >= 0;
    }

    /** For a look without the ledger: all that is named, as if it had failed. */
    static CellChoice preview(ManifestDocument document, Campaign campaign, Violations violations) {
        if (!isAsked(document.root())) {
            return CellChoice.ALL;
        }
        Optional<Retry> retry = read(document, violations);
        retry.ifPresent(asked -> asked.check(campaign, violations));
        return (step, cell) -> retry.isPresent()
                && retry.get().names(step.id(), campaign.matrix().texts(cell));
    }

    boolean names(String step, Map<String, String> cell) {
        return only.stream().anyMatch(entry -> entry.matches(step, cell));
    }
}
