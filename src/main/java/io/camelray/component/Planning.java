package io.camelray.component;

import io.camelray.assets.KeptMedia;
import io.camelray.assets.MediaProbe;
import io.camelray.delivery.IfThere;
import io.camelray.engine.Account;
import io.camelray.intake.AdHocPlan;
import io.camelray.intake.PlanMedia;
import io.camelray.intake.Planner;
import io.camelray.intake.PlanningSettings;
import io.camelray.intake.ScheduleFile;
import io.camelray.intake.ScheduleFolder;
import io.camelray.intake.TakenKeys;
import io.camelray.ledger.Ledger;
import io.camelray.model.Destination;
import io.camelray.model.ProviderName;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes planners from the component's settings. */
public final class Planning {

    private static final int STOP_AFTER_FAILURES = 5;

    private Planning() {}

    /**
     * One that only says what a manifest would do; it asks no ledger, and needs no key: what each provider would cost can
     * be compared before there is an account.
     *
     * @param probe looks into what it may; {@link MediaProbe#ofFiles} keeps off the network
     */
    public static Planner previewer(RaySettings settings, MediaProbe probe) {
        Map<ProviderName, String> all =
                Arrays.stream(ProviderName.values()).collect(Collectors.toMap(name -> name, ProviderName::label));
        all.putAll(accounts(settings));
        PlanMedia media = new PlanMedia(Optional.empty(), Optional.of(probe), urls(settings), hosted(settings));
        return Planner.previewing(
                planning(settings, all),
                RuleBook.standard(),
                settings.prices(),
                media,
                new RenderEstimator(settings.accounts(), Optional.empty(), Clock.systemUTC()));
    }

    /**
     * Reads the schedules, and tries each without a network.
     *
     * @return none if there is no folder for them
     */
    public static List<ScheduleFile> schedules(RaySettings settings, Clock clock) {
        if (settings.schedules().isEmpty()) {
            return List.of();
        }
        try (MediaProbe looks = MediaProbe.ofFiles(settings.assets(), clock)) {
            return new ScheduleFolder(settings.schedules().get(), previewer(settings, looks)).read(clock.instant());
        }
    }

    /** @param taken looks where outputs are to go, if what is there must not be replaced */
    static Planner planner(RaySettings settings, Ledger ledger, MediaProbe probe, TakenKeys taken, Clock clock) {
        return Planner.of(
                ledger,
                planning(settings, accounts(settings)),
                RuleBook.standard(),
                settings.prices(),
                media(settings, probe)
                        .looking(settings.delivery().ifThere() == IfThere.FAIL ? taken : TakenKeys.NOT_ASKED),
                new RenderEstimator(settings.accounts(), Optional.of(ledger), clock));
    }

    /** One for single requests, which are delivered below the home, whatever manifests may do. */
    static AdHocPlan adHoc(RaySettings settings, Ledger ledger, MediaProbe probe) {
        Destination.Folder folder = new Destination.Folder(settings.adHocOutputs());
        PlanningSettings manifests = planning(settings, accounts(settings));
        return new AdHocPlan(
                ledger, manifests.deliveringTo(folder), RuleBook.standard(), settings.prices(), media(settings, probe));
    }

    private static PlanMedia media(RaySettings settings, MediaProbe probe) {
        return new PlanMedia(
                Optional.of(new KeptMedia(settings.keptMedia())), Optional.of(probe), urls(settings), hosted(settings));
    }

    private static UrlPolicy urls(RaySettings settings) {
        return settings.downloadAllowPrivate() ? UrlPolicy.PRIVATE_TOO : UrlPolicy.PUBLIC;
    }

    private static boolean hosted(RaySettings settings) {
        return settings.assets().bucket().isPresent();
    }

    private static Map<ProviderName, String> accounts(RaySettings settings) {
        return settings.accounts().stream()
                .collect(Collectors.toMap(
                        account -> account.provider().name(), Account::name, (standard, further) -> standard));
    }

    private static Map<String, ProviderName> nameable(RaySettings settings) {
        return settings.accounts().stream()
                .filter(account -> settings.permissions().allowed().contains(account.name()))
                .collect(Collectors.toMap(
                        Account::name, account -> account.provider().name()));
    }

    private static PlanningSettings planning(RaySettings settings, Map<ProviderName, String> accounts) {
        return new PlanningSettings(
                settings.provider(),
                accounts,
                nameable(settings),
                settings.permissions().hdr(),
                settings.budgetDefault(),
                settings.maxRenders(),
                STOP_AFTER_FAILURES,
                settings.deliverTo(),
                settings.allowed(),
                settings.assets().allowed(),
                Optional.of(settings.home().resolve("accepted")));
    }
}
