package io.camelray.component;

import io.camelray.engine.Account;
import io.camelray.intake.Planner;
import io.camelray.intake.PlanningSettings;
import io.camelray.ledger.PlanningLedger;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes planners from the component's settings. */
public final class Planning {

    private static final int STOP_AFTER_FAILURES = 5;

    private Planning() {}

    /** @param ledger where accepted plans go; a planner that only previews needs none and may be given null */
    public static Planner planner(RaySettings settings, PlanningLedger ledger) {
        return new Planner(
                ledger,
                new PlanningSettings(
                        settings.provider(),
                        settings.accounts().stream()
                                .collect(Collectors.toMap(
                                        account -> account.provider().name(), Account::name)),
                        Set.of(),
                        Map.of(),
                        settings.budgetDefault(),
                        settings.maxRenders(),
                        STOP_AFTER_FAILURES,
                        settings.deliverTo(),
                        settings.allowed(),
                        List.of()),
                RuleBook.standard(),
                PriceBooks.standard());
    }
}
