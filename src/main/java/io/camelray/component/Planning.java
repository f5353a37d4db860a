package io.camelray.component;

import io.camelray.assets.KeptMedia;
import io.camelray.assets.MediaProbe;
import io.camelray.engine.Account;
import io.camelray.intake.PlanMedia;
import io.camelray.intake.Planner;
import io.camelray.intake.PlanningSettings;
import io.camelray.ledger.PlanningLedger;
import io.camelray.model.ProviderName;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes planners from the component's settings. */
public final class Planning {

    private static final int STOP_AFTER_FAILURES = 5;

    private Planning() {}

    /**
     * One that only says what a manifest would do; it looks into no references, asks no ledger, and needs no key: what
     * each provider would cost can be compared before there is an account.
     */
    public static Planner previewer(RaySettings settings) {
        Map<ProviderName, String> all =
                Arrays.stream(ProviderName.values()).collect(Collectors.toMap(name -> name, ProviderName::label));
        all.putAll(accounts(settings));
        PlanMedia media = new PlanMedia(Optional.empty(), Optional.empty(), urls(settings), hosted(settings));
        return new Planner(null, planning(settings, all), RuleBook.standard(), settings.prices(), media);
    }

    static Planner planner(RaySettings settings, PlanningLedger ledger, MediaProbe probe) {
        PlanMedia media = new PlanMedia(
                Optional.of(new KeptMedia(settings.keptMedia())), Optional.of(probe), urls(settings), hosted(settings));
        return new Planner(
                ledger, planning(settings, accounts(settings)), RuleBook.standard(), settings.prices(), media);
    }

    private static UrlPolicy urls(RaySettings settings) {
        return settings.downloadAllowPrivate() ? UrlPolicy.PRIVATE_TOO : UrlPolicy.PUBLIC;
    }

    private static boolean hosted(RaySettings settings) {
        return settings.assets().bucket().isPresent();
    }

    private static Map<ProviderName, String> accounts(RaySettings settings) {
        return settings.accounts().stream()
                .collect(Collectors.toMap(account -> account.provider().name(), Account::name));
    }

    private static PlanningSettings planning(RaySettings settings, Map<ProviderName, String> accounts) {
        return new PlanningSettings(
                settings.provider(),
                accounts,
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
