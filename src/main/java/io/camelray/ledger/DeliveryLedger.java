package io.camelray.ledger;

import io.camelray.model.Destination;
import io.camelray.model.Failure;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What delivery and the channels ask of the ledger. What is said about a render that another node has leased in the
 * meantime is ignored.
 */
public interface DeliveryLedger {

    /**
     * Leases renders whose outputs wait for delivery and are due, earliest URL expiry first, and offers the next
     * undelivered output of each. A render is never leased twice at a time.
     */
    List<PendingOutput> claimRendered(int limit, Duration lease);

    /** When the next output becomes due or its lease ends, if one waits. */
    Optional<Instant> nextRendered();

    /**
     * One output on its way to its destination.
     *
     * @param attempt deliveries tried before this one
     * @param secured what an earlier try left in the spool, if it got that far
     * @param lastOfRender whether all other outputs of the render are stored, or known never to come
     * @param redelivery present if the render was delivered before, and a later revision wants this output elsewhere
     */
    record PendingOutput(
            long outputId,
            RenderRecord render,
            OutputKind kind,
            String url,
            Instant expiresAt,
            Destination destination,
            String key,
            String alternateKey,
            int attempt,
            Optional<SecuredFile> secured,
            boolean lastOfRender,
            Optional<Redelivery> redelivery) {

        /** One of a render that was not delivered before. */
        public PendingOutput(
                long outputId,
                RenderRecord render,
                OutputKind kind,
                String url,
                Instant expiresAt,
                Destination destination,
                String key,
                String alternateKey,
                int attempt,
                Optional<SecuredFile> secured,
                boolean lastOfRender) {
            this(
                    outputId,
                    render,
                    kind,
                    url,
                    expiresAt,
                    destination,
                    key,
                    alternateKey,
                    attempt,
                    secured,
                    lastOfRender,
                    Optional.empty());
        }

        /** The same with a fresh URL. @param dies when that one does */
        public PendingOutput at(String fresh, Instant dies) {
            return new PendingOutput(
                    outputId,
                    render,
                    kind,
                    fresh,
                    dies,
                    destination,
                    key,
                    alternateKey,
                    attempt,
                    secured,
                    lastOfRender,
                    redelivery);
        }

        /** The same with its file in the spool. */
        public PendingOutput with(SecuredFile file) {
            return new PendingOutput(
                    outputId,
                    render,
                    kind,
                    url,
                    expiresAt,
                    destination,
                    key,
                    alternateKey,
                    attempt,
                    Optional.of(file),
                    lastOfRender,
                    redelivery);
        }
    }

    /** Delivering what was paid for and delivered before. @param from where it lies; empty if it never was delivered */
    record Redelivery(Optional<EarlierObject> from) {}

    /**
     * An object that was proven to be where it is said to be.
     *
     * @param key the key that was used
     * @param sha256 hexadecimal
     * @param findings what the check measured, as JSON
     */
    record EarlierObject(
            Destination destination,
            String key,
            Instant storedAt,
            long bytes,
            String sha256,
            String contentType,
            String entityTag,
            String findings) {

        /** Where it is, as shown to people. */
        public String location() {
            return destination.locate(key);
        }
    }

    /**
     * A verified file in the spool.
     *
     * @param sha256 hexadecimal
     * @param findings what the check measured, as JSON: size in pixels, milliseconds, codec, flags
     */
    record SecuredFile(Path file, long bytes, String sha256, String contentType, String findings) {}

    void recordSecured(long outputId, SecuredFile file);

    /**
     * How long the clip is that a render worked on, in milliseconds, if that is a clip of an earlier step: as it was measured
     * when it was delivered, else as it was asked for. Empty where nobody knows.
     */
    OptionalLong sourceMillis(RenderRecord render);

    /**
     * The object was proven to be at its destination. The last output of a render makes the render delivered and ends
     * its lease; before that the render can be claimed again for its next output. If a new revision has meanwhile said that
     * it belongs elsewhere, it is delivered again from where it is now.
     *
     * @param pending what was claimed
     * @param key the key that was used
     * @param entityTag the store's tag, or empty
     * @return whether the render is now delivered
     */
    boolean recordStored(PendingOutput pending, String key, String entityTag);

    /**
     * An output that was to be delivered anew can neither be copied nor be had again: what was delivered before counts as
     * it did, and what never was is missing. The render never fails for it.
     *
     * @param reason one sentence, without a full stop; the render's note from now on
     * @return whether the render is now delivered
     * @throws IllegalStateException if the output was not to be delivered anew
     */
    boolean recordKept(long outputId, String reason);

    /**
     * The render does without this output, which will never come. If it was the last one that was missing, the render is
     * delivered and its lease ends; else the render can be claimed again for its next output.
     *
     * @param reason one sentence, without a full stop
     * @return whether the render is now delivered
     */
    boolean recordMissing(long outputId, String reason);

    /**
     * Whether the output still has to be delivered: its render completed, and it is not proven to be at its destination.
     * What the spool holds of any other output, or of one that the ledger does not know, is of no use.
     */
    boolean awaitsDelivery(long outputId);

    /**
     * Whether the node that claimed the output may go on with it: it still has to be delivered, and no other node has taken
     * it over, as they do when a node has been frozen for longer than its life was believed in.
     */
    boolean mayDeliver(long outputId);

    /** Gives the lease back: try again after {@code delay}. Nothing of a render that is over, or that another node has. */
    void releaseOutput(long outputId, Duration delay, String reason);

    /**
     * The output can never be delivered: the render fails with class {@code delivery}. One that was delivered before does
     * not, see {@link #recordKept}.
     */
    void failOutput(long outputId, Failure failure);

    /** Makes the leases of dead nodes free again. Call it at start, after {@link NodeLedger#join}. */
    void releaseAllLeases();

    /**
     * Leases the failures that have not been handed to the dead-letter channel, one revision at a time: when nothing of
     * it goes on by itself any more, or when a failure has waited for {@link #LONGEST_WAIT} all the same. A revision is
     * never leased twice at a time.
     */
    List<FailedRevision> claimFailures(int limit, Duration lease);

    /** How long a failure waits for the rest of its revision to settle. */
    Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /**
     * The failures of one revision.
     *
     * @param revision the one that brought the renders, whichever they belong to now
     * @param source its manifest's file name
     * @param manifest its manifest's text as it was read
     * @param failed all of its renders that are failed, in plan order, also those that were handed over before
     * @param claimed what is leased: failures not yet handed over
     * @param leasedUntil tells this lease from a later one of the same renders
     */
    record FailedRevision(
            String campaign,
            int revision,
            String source,
            String manifest,
            List<RenderRecord> failed,
            List<RenderId> claimed,
            Instant leasedUntil) {}

    /** The dead-letter channel has them. */
    void settleFailures(FailedRevision failed);

    void releaseFailures(FailedRevision failed, Duration delay);
}
