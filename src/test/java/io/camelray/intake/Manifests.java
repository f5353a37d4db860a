package io.camelray.intake;

import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Manifests and planners for tests. */
final class Manifests {

    static final Destination RENDERS = Destination.parse("s3://renders/spring");

    private Manifests() {}

    static ManifestSource source(String text) {
        return new ManifestSource("test.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    static PlanningSettings settings() {
        return PlanningSettings.standard(Money.dollars("50"), RENDERS);
    }

    static Planner planner(RecordingLedger ledger) {
        return planner(ledger, settings());
    }

    static Planner planner(RecordingLedger ledger, PlanningSettings settings) {
        return new Planner(ledger, settings, RuleBook.standard(), PriceBooks.standard());
    }

    static PlanPreview preview(String text) {
        return planner(new RecordingLedger()).preview(source(text));
    }

    static List<Violation> violations(String text) {
        return preview(text).violations();
    }

    /** The only violation of a manifest that must have exactly one. */
    static Violation only(String text) {
        List<Violation> violations = violations(text);
        if (violations.size() != 1) {
            throw new AssertionError("Expected one violation: " + violations);
        }
        return violations.get(0);
    }
}
