package io.camelray.component;

import io.camelray.assets.AssetSettings;
import io.camelray.assets.DownloadSettings;
import io.camelray.engine.Account;
import io.camelray.engine.EngineSettings;
import io.camelray.engine.HttpTimes;
import io.camelray.engine.PollPlan;
import io.camelray.engine.RetryPolicy;
import io.camelray.engine.UnknownPolicy;
import io.camelray.model.Destination;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.pricing.PriceBooks;
import io.camelray.provider.replicate.ReplicateCallbacks;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The component's options, read and checked.
 *
 * @param home absolute
 * @param provider for manifests that name none
 * @param accounts the first of a provider is its default; one for {@code provider} in any case
 * @param permissions what the operator has decided about them
 * @param assets where references may lead, and how they are hosted
 * @param keptMedia where our copies of the files beside manifests are, absolute
 * @param schedules the folder with manifests that are planned by time, if there is one
 * @param upkeep digests, and how long files are kept
 * @param allowed the destinations below which manifests may deliver
 * @param delivery how outputs are fetched, spooled and stored
 */
public record RaySettings(
        Path home,
        ProviderName provider,
        List<Account> accounts,
        AccountPermissions permissions,
        Destination deliverTo,
        List<Destination> allowed,
        Money budgetDefault,
        Money budgetDaily,
        ZoneId timeZone,
        Optional<Path> schedules,
        int maxRenders,
        EngineSettings engine,
        AssetSettings assets,
        Path keptMedia,
        PriceBooks prices,
        boolean downloadAllowPrivate,
        UpkeepSettings upkeep,
        DeliverySettings delivery) {

    /**
     * @param named what {@code ray.accounts.*} says
     * @throws IllegalArgumentException naming the option and what it accepts
     */
    static RaySettings of(RayComponentOptions options, AccountProperties named) {
        Path home =
                option("home", () -> Path.of(options.getHome()).toAbsolutePath().normalize());
        Destination deliverTo = option("deliverTo", () -> text(options.getDeliverTo())
                .map(Destination::parse)
                .orElseGet(() -> new Destination.Folder(home.resolve("outputs"))));
        ProviderName provider = option("provider", () -> Labelled.of(ProviderName.class, options.getProvider()));
        RayAccounts reader = new RayAccounts(options, named);
        List<Account> accounts = reader.read(provider);
        return new RaySettings(
                home,
                provider,
                accounts,
                reader.permissions(accounts),
                deliverTo,
                option("deliverAllow", () -> text(options.getDeliverAllow())
                        .map(RaySettings::destinations)
                        .orElse(List.of(deliverTo))),
                option("budgetDefault", () -> money(options.getBudgetDefault())),
                option("budgetDaily", () -> money(options.getBudgetDaily())),
                option("timeZone", () -> zone(options.getTimeZone())),
                option("schedules", () -> text(options.getSchedules()).map(Path::of)),
                option("maxRenders", () -> atLeastOne(options.getMaxRenders())),
                new EngineSettings(
                        new PollPlan(positive(options.getInitialPollDelay()), positive(options.getPollInterval())),
                        option(
                                "retryTechnical and retryCreative",
                                () -> new RetryPolicy(
                                        options.getRetryTechnical(),
                                        options.getRetryCreative(),
                                        RandomGenerator.getDefault())),
                        new HttpTimes(
                                HttpTimes.DEFAULT.connect(),
                                option("replyTimeout", () -> atLeastOneMilli(options.getReplyTimeout())),
                                UpkeepSettings.egress(options)),
                        option("outputPatience", () -> atLeastOneMilli(options.getOutputPatience())),
                        named.recheck(),
                        option("unknown", () -> Labelled.of(UnknownPolicy.class, options.getUnknown())),
                        option("webhookSecret", () -> text(options.getWebhookSecret())
                                .map(RaySettings::webhookSecret))),
                option("of the assets", () -> assets(options, home)),
                option("assetsFolder", () -> text(options.getAssetsFolder())
                        .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                        .orElse(home.resolve("assets"))),
                option("pricing", () -> text(options.getPricing())
                        .map(folder -> PriceBooks.read(Path.of(folder)))
                        .orElseGet(PriceBooks::standard)),
                options.isDownloadAllowPrivate(),
                UpkeepSettings.of(options),
                DeliverySettings.of(options));
    }

    private static AssetSettings assets(RayComponentOptions options, Path home) {
        AssetSettings settings = AssetSettings.defaults(home.resolve("spool").resolve("assets"))
                .withAllowed(text(options.getAssetsAllow())
                        .map(RaySettings::destinations)
                        .orElse(List.of()));
        DownloadSettings downloads = settings.downloads()
                .withAllowPrivate(options.isDownloadAllowPrivate())
                .withEgress(UpkeepSettings.egress(options));
        Optional<Destination> bucket = text(options.getAssetsBucket()).map(Destination::parse);
        if (bucket.isPresent() && !(bucket.get() instanceof Destination.Bucket)) {
            throw new IllegalArgumentException("assetsBucket must be s3://bucket/prefix");
        }
        return bucket.map(to -> settings.withBucket((Destination.Bucket) to))
                .orElse(settings)
                .withDownloads(downloads);
    }

    /** Where the outputs of ad-hoc requests go. */
    public Path adHocOutputs() {
        return home.resolve("outputs").resolve("ad-hoc");
    }

    /** The account that pays at a provider where a manifest names none: the standard one, else the first by name. */
    public Optional<Account> account(ProviderName name) {
        return accounts.stream()
                .filter(account -> account.provider().name() == name)
                .findFirst();
    }

    /**
     * Checks what only a program that submits needs.
     *
     * @throws IllegalArgumentException if an account of {@code ray.accounts.*} has no key
     */
    public void requireKeys() {
        for (Account account : accounts) {
            if (!AccountProperties.isStandard(account.name())
                    && account.key().get().isEmpty()) {
                throw new IllegalArgumentException(AccountProperties.PREFIX + account.name()
                        + ".key is empty: set the environment variable that it names, or remove the account");
            }
        }
    }

    private static List<Destination> destinations(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .map(Destination::parse)
                .toList();
    }

    static Money money(String dollars) {
        try {
            Money amount = Money.dollars(dollars);
            if (amount.micros() < 0) {
                throw new IllegalArgumentException("'" + dollars + "' is negative");
            }
            return amount;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + dollars + "' is not an amount of US dollars such as 50.00", e);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + name + "' is not a time zone such as Europe/Berlin", e);
        }
    }

    private static String webhookSecret(String secret) {
        if (!ReplicateCallbacks.isSecret(secret)) {
            throw new IllegalArgumentException("it must be whsec_ and base64, as Replicate shows it");
        }
        return secret;
    }

    private static int atLeastOne(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("must be at least 1, not " + value);
        }
        return value;
    }

    static Duration atLeastOneMilli(long millis) {
        return positive(millis)
                .orElseThrow(() -> new IllegalArgumentException("must be at least 1 millisecond, not " + millis));
    }

    private static Optional<Duration> positive(long millis) {
        return millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
    }

    static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::trim).filter(trimmed -> !trimmed.isEmpty());
    }

    static <T> T option(String name, java.util.function.Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The option " + name + " of the ray component is wrong: " + e.getMessage(), e);
        }
    }
}
