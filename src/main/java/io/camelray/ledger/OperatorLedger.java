package io.camelray.ledger;

import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import java.util.List;
import java.util.Optional;

/**
 * What a person asks of the ledger. Each verb is one transaction; all throw {@link OperatorException} when there is no
 * such render, campaign or account, or when it cannot be done now, and then nothing has changed.
 */
public interface OperatorLedger {

    /**
     * Ends a planned or held render. One that is submitting, rendering or rendered cannot be taken back here: it is
     * flagged as cancel-requested, which its provider is told where it can cancel; else it finishes and is delivered. In
     * any case what starts from it and has not been submitted ends too, and it is never submitted again.
     *
     * @throws OperatorException if the render is unknown (resolve it first) or has ended
     */
    Cancellation cancel(RenderId render);

    /**
     * Does the same with all of a campaign, earlier revisions included. Unknown renders are flagged and still have to be
     * resolved. The same manifest again asks for
     * what was cancelled as new work.
     */
    Cancellation cancelCampaign(String campaign);

    /**
     * Ends what of a campaign is still in its undo window, and nothing else.
     *
     * @throws OperatorException if nothing is
     */
    Cancellation undo(String campaign);

    /**
     * @param cancelled renders that have ended now; none of them will be paid for
     * @param dependent how many of those were cancelled because they start from the render that was named
     * @param goesOn renders flagged as cancel-requested, because the provider has them already
     * @param paid the price of what goes on, by the price book
     * @param unknown flagged renders that have to be resolved
     */
    record Cancellation(int cancelled, int dependent, int goesOn, Money paid, int unknown) {}

    /**
     * Holds a planned render for {@code paused}.
     *
     * @throws OperatorException if it is not planned
     */
    void pause(RenderId render);

    /**
     * Holds the campaign's planned renders for {@code paused}, and what becomes planned later as well, new revisions
     * included. What is in flight goes on.
     *
     * @return renders held now
     */
    int pauseCampaign(String campaign);

    /** No {@code POST} of this account until an operator resumes it, restarts included. What is in flight goes on. */
    void pauseAccount(String account);

    /** The same, with a reason that people read. */
    void pauseAccount(String account, String reason);

    /**
     * Plans a held render again, due now. One that is held for {@code budget} must fit into it.
     *
     * @throws OperatorException if the render is not held, or for a reason that concerns the whole campaign
     */
    void resume(RenderId render);

    /**
     * Plans again what is held for {@code paused} or {@code stop-loss}; the count of failures in a row starts anew. What
     * is held for {@code budget} goes on if all of it fits; with a new budget as much of it as fits, in plan order.
     *
     * @param budget the campaign's cap from now on, until a revision names another
     * @throws OperatorException if the budget is less than what is reserved, confirmed and at risk
     */
    Resumption resumeCampaign(String campaign, Optional<Money> budget);

    /** @param released renders planned again @param stillHeld renders that are held for whatever reason */
    record Resumption(int released, int stillHeld, Money budget) {}

    /**
     * Plans a full-quality render that is held for {@code approval}, and what it starts from as far as nobody has approved
     * that. A draft's id means the render that it was made for. What is in an undo window waits for its end.
     *
     * @throws OperatorException if it is not held for that
     */
    Approval approve(RenderId render);

    /**
     * Does the same with all of a campaign that is held for {@code approval}.
     *
     * @param variant only the renders whose cell has this label, the axis values joined by {@code _}
     * @throws OperatorException if nothing of it is held for that
     */
    Approval approveCampaign(String campaign, Optional<String> variant);

    /**
     * @param approved renders that were named
     * @param needed how many more, which those start from
     * @param price of all of them, by the price book
     * @param held why they are held at once instead, if the campaign is paused or stopped
     * @param waiting renders of the campaign that are still held for approval
     */
    record Approval(int approved, int needed, Money price, Optional<HoldReason> held, int waiting) {}

    /**
     * Ends a full-quality render that is held for {@code approval}, what starts from it, and its draft unless that has been
     * submitted. Nothing more is paid for them.
     *
     * @throws OperatorException if it is not held for that
     */
    Rejection reject(RenderId render);

    /** Does the same with all of a campaign, or one variant of it, that is held for {@code approval}. */
    Rejection rejectCampaign(String campaign, Optional<String> variant);

    /** @param dependent how many more were cancelled, which start from those @param waiting still held for approval */
    record Rejection(int rejected, int dependent, int waiting) {}

    /** Lets the account post again, whether an operator or a fault paused it. */
    void resumeAccount(String account);

    /**
     * Plans a failed render again, due now, with fresh retry limits, within the same budgets; a new attempt is paid for
     * anew. What failed because it starts from it is planned as well, and waits for it.
     *
     * @throws OperatorException if the render has not failed, is no longer in the manifest, or starts from a render that
     *     has ended without a result
     */
    Retry retry(RenderId render);

    /** Does the same with all failed renders of a campaign's current revision. */
    Retry retryCampaign(String campaign);

    /**
     * @param planned failed renders planned again
     * @param revived how many more, which start from those
     * @param held why they are held at once instead, if the campaign is paused or stopped
     * @param paidBefore what their earlier attempts have cost
     */
    record Retry(int planned, int revived, Optional<HoldReason> held, Money paidBefore) {}

    /**
     * Plans every render of a campaign's current revision once more, whatever became of it, as a further generation in a
     * new revision: the same requests to the same keys, within the same budget, each paid for anew at the price that it
     * was planned with. Written in batches that nothing sees until the last transaction.
     *
     * @throws OperatorException if there is no such campaign, or one of its renders has not ended
     */
    Regeneration again(String campaign);

    /**
     * @param planned renders, of which none has been paid for yet
     * @param expected what they cost by the price book
     * @param upperBound the most that they can cost
     * @param budget the campaign's cap, over all of its generations
     * @param held whether they are held because the expected price does not fit into it
     */
    record Regeneration(
            int revision, int generation, int planned, Money expected, Money upperBound, Money budget, boolean held) {}

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

    /**
     * An unknown render is planned again, for a new attempt with a reserve of its own. Nobody can prove that the old
     * attempt cost nothing, so its money stays at risk for good, or becomes confirmed if its job turns up; it keeps its
     * slot for the provider's hour.
     *
     * @throws OperatorException if the render is not unknown, its attempt may still be on the wire, cancelling it was
     *     requested, or its manifest no longer contains it
     */
    void resubmit(RenderId render);

    /**
     * Unknown renders of current revisions whose attempt the provider no longer counts as active, that nobody wants
     * cancelled, and of which at most {@code attempts} attempts ended unknown.
     */
    List<RenderId> overdueUnknown(int attempts, int limit);
}
