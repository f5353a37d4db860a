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
     * @throws IllegalStateException if the ledger knows the account with another base URL: ids of a sandbox must never
     *     meet a real account
     */
    void registerAccount(AccountRegistration account);

    /** @param limits what applies until the provider's headers teach otherwise */
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

    /**
     * @param chainIds what the provider chains the parents' results with, by the parent's step
     * @param attempts the paid attempts so far
     * @param technicalRetries proven non-acceptances so far, 429 excepted
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

        record NoRoom(Permit.Wait permit) implements BindResult {}

        /** The render is now held. */
        record Held(HoldReason reason) implements BindResult {}

        /** The render is no longer planned and due: somebody else has it, or it was cancelled. */
        record NotDue() implements BindResult {}
    }

    /** Whether this attempt was bound; asked when the outcome of {@link #bind} is unclear. */
    boolean isBound(AttemptToken token);

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

    /** The account is at fault (401, 402, 403 …): it is paused, and the render planned again as if nothing happened. */
    void recordAccountFault(AttemptToken token, String reason);

    /** A planned render cannot be prepared now: due again after {@code delay}, one technical retry more. */
    void postpone(RenderId render, Duration delay, String reason);

    /** Gives up on a planned render whose technical retries are used up. */
    void fail(RenderId render, Failure failure);

    /** What the provider's headers said its rate is. */
    void learnRequestsPerMinute(String account, int requestsPerMinute);

    /** No {@code POST} of this account before the delay is over; a longer one that already holds wins. */
    void coolDown(String account, Duration delay, String reason);

    void pauseAccount(String account, String reason);

    void resumeAccount(String account);

    /**
     * Turns renders that a dead program left submitting into unknown. Call once at start, after the receipts have been
     * replayed and before anything is submitted. @return how many
     */
    int abandonSubmissions(String reason);

    /**
     * An operator found the unknown render's job at the provider.
     *
     * @throws OperatorException if the render is not unknown, its attempt may still be on the wire, or the id is known
     */
    void adopt(RenderId render, ProviderJobId job);

    /**
     * An operator gives up on an unknown render: it fails, its money stays counted as confirmed when
     * {@code charged}, else is released.
     *
     * @throws OperatorException if the render is not unknown or its attempt may still be on the wire
     */
    void abandon(RenderId render, boolean charged);
}
