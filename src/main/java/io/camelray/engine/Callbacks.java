package io.camelray.engine;

import io.camelray.model.ProviderJobId;
import io.camelray.provider.Callback;
import io.camelray.provider.CallbackScheme;
import io.camelray.provider.WireReply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what providers call back with. A call that is proven genuine only lets the poller ask for its job sooner; nothing
 * that it says is believed. Thread-safe; blocks while an account's secret is fetched, which happens once.
 */
public final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    /** How far a timestamp may be from our clock, either way (ray-api §1.3.6). */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Duration SECRET_PATIENCE = Duration.ofSeconds(10);
    /** Anybody can make us look for a secret that cannot be had, so it is not looked for each time. */
    private static final Duration SECRET_AGAIN = Duration.ofSeconds(30);

    private static final int LONGEST_ID = 200;

    private final Accounts accounts;
    private final PollTransport transport;
    private final Nudge nudge;
    private final Optional<String> configuredSecret;
    private final Clock clock;
    private final Map<String, Fetch> fetches = new ConcurrentHashMap<>();
    private final SeenCallbacks seen = new SeenCallbacks(TOLERANCE.multipliedBy(2));

    /** Lets the poller ask for a job now. */
    @FunctionalInterface
    interface Nudge {
        void nudge(String account, ProviderJobId job);
    }

    private record Fetch(CompletableFuture<String> secret, Instant since) {
        boolean isOver(Instant now) {
            return secret.isCompletedExceptionally() && since.plus(SECRET_AGAIN).isBefore(now);
        }
    }

    Callbacks(Accounts accounts, PollTransport transport, Nudge nudge, Optional<String> configuredSecret, Clock clock) {
        this.accounts = accounts;
        this.transport = transport;
        this.nudge = nudge;
        this.configuredSecret = configuredSecret;
        this.clock = clock;
    }

    /** What became of a call. */
    public enum Receipt {
        /** Genuine; the job is asked for now. */
        TAKEN,
        /** It lacks what a call must have, or is about no job. */
        MALFORMED,
        /** Its timestamp is more than five minutes from now. */
        STALE,
        /** Nobody who knows the secret has sent it; or there is no such account. */
        FORGED,
        /** The same message was taken before. */
        REPEATED,
        /** The secret cannot be had just now; sending it again later may help. */
        NOT_NOW
    }

    /** @param account whose secret it must be signed with; untrusted */
    public Receipt receive(String account, Callback callback) {
        Instant now = clock.instant();
        if (callback.id().isBlank() || callback.id().length() > LONGEST_ID) {
            return Receipt.MALFORMED;
        }
        if (!callback.timestamp().matches("\\d{1,12}")) {
            return Receipt.MALFORMED;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(callback.timestamp()));
        if (Duration.between(sent, now).abs().compareTo(TOLERANCE) > 0) {
            return Receipt.STALE;
        }
        Optional<Account> known = accounts.find(account);
        Optional<CallbackScheme> scheme =
                known.flatMap(found -> found.provider().callbacks());
        if (scheme.isEmpty()) {
            return Receipt.FORGED;
        }
        Optional<String> secret = secret(known.get(), scheme.get(), now);
        if (secret.isEmpty()) {
            return Receipt.NOT_NOW;
        }
        return scheme.get().isGenuine(callback, secret.get())
                ? genuine(account, scheme.get(), callback, now)
                : Receipt.FORGED;
    }

    private Receipt genuine(String account, CallbackScheme scheme, Callback callback, Instant now) {
        if (!seen.isFirst(account + ' ' + callback.id(), now)) {
            return Receipt.REPEATED;
        }
        Optional<ProviderJobId> job = scheme.job(callback);
        job.ifPresent(id -> nudge.nudge(account, id));
        return job.isPresent() ? Receipt.TAKEN : Receipt.MALFORMED;
    }

    private Optional<String> secret(Account account, CallbackScheme scheme, Instant now) {
        if (configuredSecret.isPresent()) {
            return configuredSecret;
        }
        Fetch fetch = fetches.compute(
                account.name(),
                (name, known) -> known == null || known.isOver(now) ? new Fetch(fetch(account, scheme), now) : known);
        try {
            return Optional.of(fetch.secret().get(SECRET_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The webhook secret of account {} cannot be had now: {}", account.name(), Causes.describe(e));
            return Optional.empty();
        }
    }

    private CompletableFuture<String> fetch(Account account, CallbackScheme scheme) {
        Optional<String> key = account.key().get();
        if (key.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the account has no API key"));
        }
        return transport
                .send(account.baseUrl(), scheme.secretQuery(), key.get())
                .thenApply(reply -> scheme.secret(reply).orElseThrow(() -> none(reply)));
    }

    private static IllegalStateException none(WireReply reply) {
        return new IllegalStateException("the provider answers HTTP " + reply.status() + " and names no secret");
    }
}
