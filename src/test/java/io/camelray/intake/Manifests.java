package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.pricing.TestPrices;
import io.camelray.rules.RuleBook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Manifests and planners for tests. */
final class Manifests {

    static final Destination RENDERS = Destination.parse("s3://renders/spring");

    private Manifests() {}

    static ManifestSource source(String text) {
        return new ManifestSource("test.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Luma, and an account {@code cloud} for manifests that say {@code provider: gmi}. */
    static PlanningSettings settings() {
        PlanningSettings standard = PlanningSettings.standard(Money.dollars("50"), RENDERS);
        return new PlanningSettings(
                standard.provider(),
                Map.of(ProviderName.LUMA, "luma", ProviderName.GMI, "cloud"),
                standard.allowedAccounts(),
                standard.hdrAccess(),
                standard.budget(),
                standard.maxRenders(),
                standard.stopAfterFailures(),
                standard.deliverTo(),
                standard.deliverAllowed(),
                standard.assetsAllowed());
    }

    static Planner planner(RecordingLedger ledger) {
        return planner(ledger, settings());
    }

    static Planner planner(RecordingLedger ledger, PlanningSettings settings) {
        return new Planner(ledger, settings, RuleBook.standard(), PriceBooks.standard());
    }

    /** A planner for manifests with steps: every operation has a price. */
    static Planner stepPlanner(RecordingLedger ledger, PlanningSettings settings) {
        return new Planner(ledger, settings, RuleBook.standard(), TestPrices.everyOperation());
    }

    /** The renders of a manifest with steps, which must be accepted. */
    static List<PlannedRender> renders(ManifestSource source, PlanningSettings settings) {
        RecordingLedger ledger = new RecordingLedger();
        PlanResult result = stepPlanner(ledger, settings).plan(source);
        if (!(result instanceof PlanResult.Accepted)) {
            throw new AssertionError("Expected to be accepted: " + result);
        }
        return ledger.renders();
    }

    static List<PlannedRender> renders(String text) {
        return renders(source(text), settings());
    }

    /** What refuses a manifest with steps. */
    static List<Violation> errors(ManifestSource source, PlanningSettings settings) {
        return stepPlanner(new RecordingLedger(), settings).preview(source).violations().stream()
                .filter(Violation::refuses)
                .toList();
    }

    static List<Violation> errors(String text) {
        return errors(source(text), settings());
    }

    /** The only error of a manifest with steps that must have exactly one. */
    static Violation onlyError(String text) {
        List<Violation> errors = errors(text);
        if (errors.size() != 1) {
            throw new AssertionError("Expected one error: " + errors);
        }
        return errors.get(0);
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
