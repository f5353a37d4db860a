package io.camelray.ledger;

import io.camelray.model.AttemptToken;
import io.camelray.model.Failure;
import io.camelray.model.HoldReason;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the submission protocol asks of the ledger (design §6). */
public interface SubmissionLedger {

    /**
     * Registers an account, or finds it again. Learned limits and a pause survive a restart.
     *
     * @throws IllegalStateException if the ledger knows the account with another provider or base URL: ids of a sandbox
     *     must never meet a real account
     */
    void registerAccount(AccountRegistration account);

    /** @param limits what applies until the provider teaches otherwise */
    record AccountRegistration(String name, ProviderName provider, String baseUrl, AccountLimits limits) {}

    /** How the account is used right now, by the ledger's clock. */
    AccountUse use(String account);

    /**
     * Renders of this account that are planned and due, best lane first, fair between campaigns, then in plan order.
     * Nothing is leased.
     */
    List<DueRender> due(String account, int limit);

    /** When the account's next planned render becomes due, if one waits for a time that has not come. */
    Optional<Instant> nextDue(String account);

    /** Plans what is held for an undo window that is over by the ledger's clock. Call it now and then. @return how many */
    int closeUndoWindows();

    /**
     * @param chainIds what the provider chains the parents' results with, by the parent's step
     * @param attempts the paid attempts since it was planned or retried
     * @param technicalRetries proven non-acceptances since then, 429 excepted
     */
    record DueRender(
            RenderId id,
            String campaign,
            String label,
            ProviderName provider,
            String account,
            RenderRequest request,
            Map<String, String> chainIds,
            int attempts,
            int technicalRetries) {}

    /**
     * Makes one attempt binding, in one transaction under the account's row lock: asks {@code rule} whether the account
     * has room, reserves the render's upper-bound price in the campaign's and the day's budget, and moves the render
     * from planned to submitting. When this returns {@link BindResult.Bound} the intent has reached the disk.
     */
    BindResult bind(AttemptIntent intent, PermitRule rule);

    /**
     * @param token fresh for each attempt
     * @param wireHash SHA-256 of the body, hexadecimal
     * @param timeLimit how long after binding the first byte may be sent
     */
    record AttemptIntent(RenderId render, AttemptToken token, String wireHash, byte[] wireBody, Duration timeLimit) {}

    /** Decides whether an account may make one more {@code POST}. Pure; called inside the binding transaction. */
    @FunctionalInterface
    interface PermitRule {
        Permit decide(AccountUse use);
    }

    sealed interface Permit {
        /** Go ahead. */
        record Granted() implements Permit {}

        /** Not now. @param until when it may be worth asking again @param reason shown to operators */
        record Wait(Instant until, String reason) implements Permit {}
    }

    sealed interface BindResult {
        /** @param number counts the render's attempts from 1 @param deadline by the ledger's clock */
        record Bound(int number, Instant deadline) implements BindResult {}

        /** The account has no room: what {@link #use} says as well. */
        record NoRoom(Permit.Wait permit) implements BindResult {}

        /** The day's budget has no room for it. */
        record DaySpent(Permit.Wait permit) implements BindResult {}

        /** The render is now held. */
        record Held(HoldReason reason) implements BindResult {}

        /** The render is no longer planned and due: somebody else has it, or it was cancelled. */
        record NotDue() implements BindResult {}
    }

    /**
     * Whether this attempt was bound; asked when the outcome of {@link #bind} is unclear. Waits for bindings on the account that
     * are under way: the server may commit one after the connection to it broke.
     */
    boolean isBound(String account, AttemptToken token);

    /** Whether this attempt was settled, and its row was archived: a receipt of it is no news. */
    boolean isArchived(AttemptToken token);

    /**
     * The provider accepted the attempt. Always succeeds, whoever owns the render: from submitting or unknown the render
     * becomes rendering; if it has moved on meanwhile, the id is kept as a second paid attempt. Reaches the disk before
     * it returns. Repeating it with the same id changes nothing.
     */
    Acceptance recordAccepted(AttemptToken token, ProviderJobId job);

    enum Acceptance {
        RENDERING,
        ALREADY_RECORDED,
        /** The render had moved on: this job was paid for as well. */
        SECOND_PAID
    }

    /**
     * The provider proved that it did not accept: the render is planned again, due after {@code delay}, its reserve
     * released.
     *
     * @param countsAsRetry false for a 429, which is no attempt
     */
    void recordNotAccepted(AttemptToken token, Duration delay, boolean countsAsRetry, String reason);

    /** The provider refused the request: the render fails, its reserve is released. */
    void recordRefused(AttemptToken token, Failure failure);

    /** Nothing can be proven: the render becomes unknown, its reserve at risk, its slot taken for an hour. */
    void recordUnknown(AttemptToken token, String reason);

    /**
     * The account is at fault (401, 403 …): it is paused until a person has mended it, and the render planned again as if
     * nothing happened.
     *
     * @return whether that is news: false while the account is paused for such a fault
     */
    boolean recordAccountFault(AttemptToken token, String reason);

    /**
     * The account has no credit (402): it is paused, and the render planned again as if nothing happened. Because such a
     * refusal is free, the account tries again by itself, with one attempt at a time: first after {@code recheck}, then
     * each time after twice as long, an hour at most. An accepted one ends the pause.
     *
     * @return whether that is news: false while the account is paused for a fault
     */
    boolean recordLackOfCredit(AttemptToken token, String reason, Duration recheck);

    /**
     * Something about an accepted attempt that a person should know, and that changes nothing: kept with the attempt and in
     * the history. Ignored for any other attempt, and when it is known.
     */
    void recordWarning(AttemptToken token, String warning);

    /** A planned render cannot be prepared now: due again after {@code delay}, one technical retry more. */
    void postpone(RenderId render, Duration delay, String reason);

    /** Gives up on a planned render whose technical retries are used up. */
    void fail(RenderId render, Failure failure);

    /**
     * What the provider said its rate is.
     *
     * @param holds how long it is believed; empty until something else is said
     */
    void learnRequestsPerMinute(String account, int requestsPerMinute, Optional<Duration> holds);

    /**
     * The provider refused a job because too many run. That as many run as the ledger counts beside it is believed to be
     * the limit, until {@code holds} is over; then the configured one is tried again. Call it before the refusal is
     * recorded.
     */
    void learnConcurrency(String account, Duration holds);

    /** No {@code POST} of this account before the delay is over; a longer one that already holds wins. */
    void coolDown(String account, Duration delay, String reason);

    /**
     * The account is at fault, whoever noticed it: it is paused until it is mended or resumed.
     *
     * @return whether that is news: false while the account is paused for such a fault
     */
    boolean recordAccountFault(String account, String reason);

    /** The account may have been mended: a pause for its fault ends. One that an operator asked for does not. */
    void recordAccountMended(String account);

    /**
     * Turns renders that an earlier life of this node left submitting into unknown. Call once at start, after
     * {@link NodeLedger#join}, after the receipts have been replayed and before anything is submitted. @return how many
     */
    int abandonSubmissions(String reason);
}
