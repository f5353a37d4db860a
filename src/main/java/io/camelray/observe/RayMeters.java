package io.camelray.observe;

import io.camelray.component.RayComponent;
import io.camelray.delivery.DeliveryFigures;
import io.camelray.engine.EngineFigures;
import io.camelray.engine.EngineFigures.AccountFigures;
import io.camelray.engine.EngineFigures.Outcome;
import io.camelray.ledger.FiguresLedger.LedgerFigures;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * All meters of ours ({@link MeterName}), bound to what the ledger, the engine and the deliveries count anyway. Few labels:
 * accounts are configured, everything else is fixed. Reading them asks the ledger a few times a minute at the most.
 * Micrometer holds what it asks only weakly, so every meter asks the component, which lives as long as its context.
 */
public final class RayMeters implements MeterBinder {

    private static final double NANOS = 1_000_000_000.0;

    private final RayComponent component;
    private final FigureCache ledger;

    public RayMeters(RayComponent component) {
        this.component = component;
        this.ledger = new FigureCache(() -> component.ledger().figures());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        component.settings().accounts().forEach(account -> bind(registry, account.name()));
        gauge(registry, MeterName.EXPIRY, Tags.empty(), "seconds", RayMeters::secondsToExpiry);
        gauge(registry, MeterName.DELIVERIES_WAITING, Tags.empty(), null, LedgerFigures::waitingForDelivery);
        money(registry, "reserved", LedgerFigures::reserved);
        money(registry, "confirmed", LedgerFigures::confirmed);
        money(registry, "at-risk", LedgerFigures::atRisk);
        FunctionCounter.builder(MeterName.REJECTED_MANIFESTS.meter(), component, RayMeters::rejected)
                .description(MeterName.REJECTED_MANIFESTS.description())
                .register(registry);
        Gauge.builder(
                        MeterName.LEDGER_UP.meter(),
                        component,
                        ray -> ledger.get().isPresent() ? 1 : 0)
                .description(MeterName.LEDGER_UP.description())
                .register(registry);
    }

    private void bind(MeterRegistry registry, String account) {
        Tags tags = Tags.of("account", account);
        for (RenderState state : RenderState.values()) {
            gauge(
                    registry,
                    MeterName.RENDERS,
                    tags.and("state", state.label()),
                    null,
                    figures -> figures.renders(account, state));
        }
        gauge(
                registry,
                MeterName.ACCOUNT_PAUSED,
                tags,
                null,
                figures -> figures.pausedAccounts().contains(account) ? 1 : 0);
        engine(registry, account, tags);
        deliveries(registry, account, tags);
    }

    private void engine(MeterRegistry registry, String account, Tags tags) {
        ToLongFunction<ToLongFunction<AccountFigures>> read =
                figure -> running(() -> figure.applyAsLong(engineFigures().of(account)));
        for (Outcome outcome : Outcome.values()) {
            counter(
                    registry,
                    MeterName.SUBMISSIONS,
                    tags.and("outcome", outcome.label()),
                    null,
                    () -> read.applyAsLong(figures -> figures.posts(outcome)));
        }
        counter(
                registry,
                MeterName.TOO_MANY_REQUESTS,
                tags,
                null,
                () -> read.applyAsLong(figures -> figures.posts(Outcome.THROTTLED) + figures.throttledPolls()));
        timer(
                registry,
                MeterName.POLL_LAG,
                tags,
                () -> read.applyAsLong(AccountFigures::polls),
                () -> read.applyAsLong(AccountFigures::lagNanos));
        Gauge.builder(
                        MeterName.POLL_LAG_MAX.meter(),
                        component,
                        ray -> read.applyAsLong(AccountFigures::takeLongestLagNanos) / NANOS)
                .description(MeterName.POLL_LAG_MAX.description())
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
    }

    private void deliveries(MeterRegistry registry, String account, Tags tags) {
        ToLongFunction<ToLongFunction<DeliveryFigures>> read =
                figure -> running(() -> figure.applyAsLong(component.deliveryFigures()));
        timer(
                registry,
                MeterName.DOWNLOADS,
                tags,
                () -> read.applyAsLong(figures -> figures.downloads(account)),
                () -> read.applyAsLong(figures -> figures.downloadNanos(account)));
        counter(
                registry,
                MeterName.DOWNLOADED,
                tags,
                "bytes",
                () -> read.applyAsLong(figures -> figures.downloadedBytes(account)));
        counter(
                registry,
                MeterName.STORED,
                tags,
                "bytes",
                () -> read.applyAsLong(figures -> figures.storedBytes(account)));
        counter(
                registry,
                MeterName.STORED_OUTPUTS,
                tags,
                null,
                () -> read.applyAsLong(figures -> figures.stored(account)));
    }

    private EngineFigures engineFigures() {
        return component.engineFigures();
    }

    private static double rejected(RayComponent component) {
        return running(() -> (long) component.rejectedManifests());
    }

    /** Nothing is counted while the component does not run. */
    private static long running(Supplier<Long> figure) {
        try {
            return figure.get();
        } catch (IllegalStateException e) {
            return 0;
        }
    }

    private static double secondsToExpiry(LedgerFigures figures) {
        return figures.firstExpiry()
                .map(first -> Duration.between(figures.at(), first).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    private void money(MeterRegistry registry, String state, Function<LedgerFigures, Money> sum) {
        gauge(registry, MeterName.MONEY, Tags.of("state", state), "dollars", figures -> sum.apply(figures)
                .toDollars()
                .doubleValue());
    }

    private void gauge(
            MeterRegistry registry, MeterName name, Tags tags, String unit, ToDoubleFunction<LedgerFigures> figure) {
        Gauge.builder(name.meter(), component, ray -> {
                    Optional<LedgerFigures> figures = ledger.get();
                    return figures.isPresent() ? figure.applyAsDouble(figures.get()) : Double.NaN;
                })
                .description(name.description())
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    private void counter(MeterRegistry registry, MeterName name, Tags tags, String unit, Supplier<Long> count) {
        FunctionCounter.builder(name.meter(), component, ray -> count.get())
                .description(name.description())
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    private void timer(MeterRegistry registry, MeterName name, Tags tags, Supplier<Long> count, Supplier<Long> nanos) {
        FunctionTimer.builder(name.meter(), component, ray -> count.get(), ray -> nanos.get(), TimeUnit.NANOSECONDS)
                .description(name.description())
                .tags(tags)
                .register(registry);
    }
}
