package io.camelray.component;

import io.camelray.assets.KeptMedia;
import io.camelray.engine.Account;
import io.camelray.intake.Planner;
import io.camelray.intake.PlanningSettings;
import io.camelray.ledger.PlanningLedger;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes planners from the component's settings. */
public final class Planning {

    private static final int STOP_AFTER_FAILURES = 5;

    private Planning() {}

    /** One that only says what a manifest would do. */
    public static Planner previewer(RaySettings settings) {
        return new Planner(null, planning(settings), RuleBook.standard(), PriceBooks.standard());
    }

    static Planner planner(RaySettings settings, PlanningLedger ledger) {
        return new Planner(
                ledger,
                planning(settings),
                RuleBook.standard(),
                PriceBooks.standard(),
                Optional.of(new KeptMedia(settings.keptMedia())));
    }

    private static PlanningSettings planning(RaySettings settings) {
        return new PlanningSettings(
                settings.provider(),
                settings.accounts().stream()
                        .collect(Collectors.toMap(account -> account.provider().name(), Account::name)),
                Set.of(),
                Map.of(),
                settings.budgetDefault(),
                settings.maxRenders(),
                STOP_AFTER_FAILURES,
                settings.deliverTo(),
                settings.allowed(),
                settings.assets().allowed());
    }
}
