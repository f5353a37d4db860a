package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.ledger.AdHocLedger;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.rules.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a manifest means. What has the wrong shape has been told by the schema, and counts as not said here. */
final class ManifestInterpreter {

    static final String SLUG_REMEDY =
            "Use 1 to 63 small letters, digits and hyphens, beginning with a letter or digit.";

    private final PlanningSettings settings;
    private final JsonNode root;
    private final Places places;
    private final boolean adHoc;
    private final Violations violations;

    ManifestInterpreter(PlanningSettings settings, ManifestDocument document, Violations violations) {
        this.settings = settings;
        this.root = document.root();
        this.places = document.places();
        this.adHoc = document.adHoc();
        this.violations = violations;
    }

    /** As the schema says. */
    private static final BigDecimal LARGEST_BUDGET = BigDecimal.valueOf(1_000_000_000);

    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** Whether a campaign can be called so. */
    static boolean isSlug(String name) {
        return SLUG.matcher(name).matches();
    }

    /** The campaign's name as far as there is one, also in a manifest that is refused. */
    static Optional<String> campaign(JsonNode root) {
        return Optional.ofNullable(root.path("campaign").textValue());
    }

    /** Who renders, as far as it can be told: an account that is named alone says it as well. */
    static ProviderName provider(JsonNode root, PlanningSettings settings) {
        return Labelled.find(ProviderName.class, root.path("provider").asText())
                .or(() -> settings.providerOf(root.path("account").asText()))
                .orElse(settings.provider());
    }

    Manifest read() {
        checkFiring();
        ProviderName provider = provider(root, settings);
        JsonNode deliver = root.path("deliver");
        JsonNode key = deliver.path("key");
        return new Manifest(
                slug(),
                provider,
                account(provider),
                budget(),
                Labelled.find(Priority.class, root.path("priority").asText()).orElse(Priority.NORMAL),
                readyBy(),
                maxRenders(),
                count("stopAfterFailures", 0, settings.stopAfterFailures()),
                hold(),
                root.path("draft").asBoolean() && !adHoc,
                FieldValue.fields("/defaults", root.path("defaults")),
                new DestinationReader(settings).read(deliver.path("to"), places.of("/deliver/to"), violations),
                OutputChoice.read(deliver.path(OutputChoice.FIELD), places, violations),
                key(key.isTextual() ? key.textValue() : KeyTemplate.DEFAULT),
                key.isMissingNode() ? "" : "/deliver/key");
    }

    private Optional<ReadyBy> readyBy() {
        JsonNode written = root.path("readyBy");
        if (!written.isTextual()) {
            return Optional.empty();
        }
        Optional<ReadyBy> readyBy = ReadyBy.of(written.textValue());
        if (readyBy.isEmpty()) {
            violations.error(
                    Stage.ENVELOPE,
                    "readyBy",
                    places.of("/readyBy"),
                    "'" + Kinds.shorten(written.textValue()) + "' is no time that a campaign can be ready by.",
                    ReadyBy.REMEDY);
        }
        return readyBy;
    }

    private void checkFiring() {
        boolean fired = Firing.of(root).isPresent();
        if (root.has(Firing.FIELD) && !fired) {
            violations.error(
                    Stage.ENVELOPE,
                    "firing",
                    places.of("/" + Firing.FIELD),
                    "'firing' does not say which schedule fired, and when.",
                    "Leave it as the program wrote it, or remove it.");
        } else if (ScheduleReader.isAsked(root) && !fired) {
            violations.error(
                    Stage.ENVELOPE,
                    ScheduleReader.FIELD,
                    places.ofName("/" + ScheduleReader.FIELD),
                    "A manifest that is dropped is planned at once, and this one is to be planned by a schedule.",
                    "Put it into the folder ray.schedules, or remove 'schedule'.");
        }
    }

    /** The name; a stand-in for one that is refused, so that it is told only once. */
    private String slug() {
        Optional<String> name = campaign(root);
        if (name.isPresent() && !isSlug(name.get())) {
            violations.error(
                    Stage.ENVELOPE,
                    "schema",
                    places.of("/campaign"),
                    "'campaign' cannot be " + Kinds.of(root.path("campaign")) + ".",
                    SLUG_REMEDY);
        }
        if (name.isPresent() && !adHoc && name.get().startsWith(AdHocLedger.PREFIX)) {
            violations.error(
                    Stage.ENVELOPE,
                    "campaign",
                    places.of("/campaign"),
                    "Names that begin with '" + AdHocLedger.PREFIX + "' are kept for ad-hoc requests.",
                    "Call the campaign something else.");
        }
        return name.filter(ManifestInterpreter::isSlug).orElse("campaign");
    }

    private String account(ProviderName provider) {
        JsonNode named = root.path("account");
        if (named.isTextual() && !named.textValue().isEmpty()) {
            if (!settings.allows(named.textValue())) {
                violations.error(
                        Stage.ACCOUNT,
                        "account",
                        places.of("/account"),
                        "Account '" + Kinds.shorten(named.textValue()) + "' is not one that a manifest may name.",
                        "Name one of " + String.join(", ", settings.nameable())
                                + ", leave it out, or have the operator add it to ray.accounts.allow.");
            } else if (isElsewhere(named.textValue(), provider)) {
                violations.error(
                        Stage.ACCOUNT,
                        "account",
                        places.of("/account"),
                        "Account '" + named.textValue() + "' is not one at provider '" + provider.label() + "'.",
                        "Name an account of that provider, or another provider.");
            }
            return named.textValue();
        }
        String account = settings.accounts().get(provider);
        if (account == null) {
            violations.error(
                    Stage.ACCOUNT,
                    "account",
                    places.of("/provider"),
                    "There is no account for provider '" + provider.label() + "'.",
                    "Name another provider, or have the operator set up an account.");
        }
        return account == null ? "" : account;
    }

    private boolean isElsewhere(String account, ProviderName provider) {
        return settings.providerOf(account).filter(where -> where != provider).isPresent();
    }

    private Money budget() {
        JsonNode budget = root.path("budget");
        if (!budget.isNumber()
                || budget.decimalValue().signum() < 0
                || budget.decimalValue().compareTo(LARGEST_BUDGET) > 0) {
            return settings.budget();
        }
        try {
            return Money.dollars(budget.decimalValue());
        } catch (ArithmeticException e) {
            violations.error(
                    Stage.ENVELOPE,
                    "schema",
                    places.of("/budget"),
                    "'budget' is finer than a millionth of a dollar.",
                    "Write dollars and cents.");
            return settings.budget();
        }
    }

    private Duration hold() {
        JsonNode hold = root.path("hold");
        Optional<Duration> read = hold.isTextual() ? HoldReader.read(hold.textValue()) : Optional.empty();
        if (read.filter(time -> time.compareTo(HoldReader.LONGEST) > 0).isPresent()) {
            violations.error(
                    Stage.ENVELOPE,
                    "schema",
                    places.of("/hold"),
                    "'hold' cannot be " + Kinds.of(hold) + ", longer than " + HoldReader.LONGEST.toDays() + " days.",
                    "Write a shorter time such as 90s, 5m or 2h.");
        }
        return read.orElse(Duration.ZERO);
    }

    private int maxRenders() {
        int wanted = count("maxRenders", 1, settings.maxRenders());
        if (wanted > settings.maxRenders()) {
            violations.error(
                    Stage.ACCOUNT,
                    "max-renders",
                    places.of("/maxRenders"),
                    String.format(
                            Locale.ROOT,
                            "A manifest can lower the limit of %,d renders, not raise it to %,d.",
                            settings.maxRenders(),
                            wanted),
                    "Lower or remove it, or have the operator raise ray.max-renders.");
        }
        return Math.min(wanted, settings.maxRenders());
    }

    private int count(String field, int least, int otherwise) {
        JsonNode count = root.path(field);
        return count.isNumber()
                        && count.canConvertToExactIntegral()
                        && count.canConvertToInt()
                        && count.intValue() >= least
                ? count.intValue()
                : otherwise;
    }

    private KeyTemplate key(String text) {
        try {
            return KeyTemplate.parse(text);
        } catch (TemplateException e) {
            violations.error(
                    Stage.REFERENCES,
                    "key",
                    places.of("/deliver/key"),
                    e.getMessage(),
                    "Write a key such as " + KeyTemplate.DEFAULT + ".");
            return defaultKey();
        }
    }

    private static KeyTemplate defaultKey() {
        try {
            return KeyTemplate.parse(KeyTemplate.DEFAULT);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }
}
