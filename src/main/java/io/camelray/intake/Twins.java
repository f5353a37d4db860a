package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.model.OutputKind;
import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongFunction;

/** Notices two renders with one key, and equal requests in different cells. Remembers hashes; makes a variant again on a hit. */
final class Twins {

    /** More cells than these can number are never looked at: such a matrix is refused. */
    private static final int CELL_BITS = 48;

    private final Campaign campaign;
    private final LongFunction<Variant> again;
    private final OutputKeys keys;
    private final SeenTable seenKeys = new SeenTable();
    private final SeenTable seenRequests = new SeenTable();

    /** @param again makes the variant of an owner, see {@link #step} and {@link #cell}, once more */
    Twins(Campaign campaign, OutputKeys keys, LongFunction<Variant> again) {
        this.campaign = campaign;
        this.keys = keys;
        this.again = again;
    }

    void check(Variant variant, OutputKeys.Outputs outputs, Violations violations) {
        if (outputs.sound()) {
            checkOwnKeys(variant, outputs.list(), violations);
            folded(outputs.list()).forEach(key -> checkKey(variant, key, violations));
        }
        if (!violations.refuse()) {
            checkRequest(variant, violations);
        }
    }

    private void checkKey(Variant variant, String key, Violations violations) {
        long own = owner(variant);
        OptionalLong twin = seenKeys.put(
                SeenTable.hash(key),
                own,
                number -> number != own && keysOf(again.apply(number)).contains(key));
        twin.ifPresent(number ->
                violations.inVariant(Stage.REFERENCES, "twins", () -> sameKey(again.apply(number), variant, key)));
    }

    private Set<String> keysOf(Variant variant) {
        return folded(keys.of(variant, new Violations()).list());
    }

    private void checkRequest(Variant variant, Violations violations) {
        OptionalLong twin =
                seenRequests.put(SeenTable.hash(variant.fingerprint()), owner(variant), number -> again.apply(number)
                        .fingerprint()
                        .equals(variant.fingerprint()));
        twin.ifPresent(number -> violations.inVariant(
                Stage.ACCOUNT,
                "R110",
                () -> new Violation(
                        "R110",
                        Severity.WARNING,
                        Place.NOWHERE,
                        called(again.apply(number), variant) + " and " + called(variant, again.apply(number))
                                + " ask for exactly the same; both are rendered and paid.",
                        "If that is not meant, use the axis's values in the prompt, or remove one of them.",
                        variant.label())));
    }

    private void checkOwnKeys(Variant variant, List<PlannedOutput> outputs, Violations violations) {
        for (int i = 1; i < outputs.size(); i++) {
            PlannedOutput later = outputs.get(i);
            Set<String> names = folded(List.of(later));
            outputs.subList(0, i).stream()
                    .filter(earlier -> folded(List.of(earlier)).stream().anyMatch(names::contains))
                    .findFirst()
                    .ifPresent(earlier ->
                            violations.inVariant(Stage.REFERENCES, "outputs", () -> oneKey(earlier, later, variant)));
        }
    }

    private Violation oneKey(PlannedOutput earlier, PlannedOutput later, Variant variant) {
        return new Violation(
                "key",
                Severity.ERROR,
                campaign.place(campaign.manifest().keyPointer()),
                "The " + called(earlier.kind()) + " and the " + called(later.kind())
                        + " of a render would have one key, '" + earlier.key() + "'.",
                "Use {{ext}} or {{output}} in deliver.key.",
                variant.label());
    }

    private static String called(OutputKind kind) {
        return kind == OutputKind.EXR ? "EXR" : kind.label();
    }

    private Violation sameKey(Variant first, Variant second, String key) {
        return new Violation(
                "key",
                Severity.ERROR,
                campaign.place(campaign.manifest().keyPointer()),
                called(first, second) + " and " + called(second, first) + " would have one key, '" + Kinds.shorten(key)
                        + "'.",
                first.step().number() == second.step().number()
                        ? "Use every axis in deliver.key, or {{cell}}, and let ids differ in more than case."
                        : "Use {{step}} in deliver.key, or let only one of the steps be delivered.",
                second.label());
    }

    /** The variant's label, or its values where the other one has that label too; with its step where they differ. */
    private String called(Variant variant, Variant other) {
        if (variant.step().number() != other.step().number()) {
            String step = (variant.step().draft() ? "the draft of step '" : "step '")
                    + variant.step().id() + "'";
            return variant.label().isEmpty() ? step : "'" + variant.label() + "' of " + step;
        }
        return variant.label().equals(other.label())
                ? campaign.matrix().canonical(variant.cell())
                : "'" + variant.label() + "'";
    }

    private static long owner(Variant variant) {
        return (long) variant.step().number() << CELL_BITS | variant.cell().number();
    }

    static int step(long owner) {
        return (int) (owner >>> CELL_BITS);
    }

    static long cell(long owner) {
        return owner & (1L << CELL_BITS) - 1;
    }

    private static Set<String> folded(List<PlannedOutput> outputs) {
        Set<String> folded = new LinkedHashSet<>();
        for (String key : OutputKeys.names(outputs)) {
            folded.add(
                    Normalizer.normalize(key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC));
        }
        return folded;
    }
}
