package io.camelray.ledger;

import io.camelray.model.AttemptToken;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the events channel asks of the ledger. */
public interface EventLedger {

    /**
     * From now on every event waits until it is settled, also over restarts. What happened before is history, and is not
     * handed over.
     */
    void openEvents();

    /** Nobody wants events any more: none waits, and what waited is given up. @return events given up */
    int closeEvents();

    /**
     * Leases events that nobody has, oldest first. Of a render, and of a campaign, only the oldest is ever offered: the
     * next one comes when that one is settled.
     */
    List<LedgerEvent> claimEvents(int limit, Duration lease);

    /** The events channel has it. Ignored if another node has leased it by now. */
    void settleEvent(long event);

    /** It could not be handed over; it is offered again after the delay. Ignored if another node has leased it by now. */
    void releaseEvent(long event, Duration delay);

    /**
     * Something that happened.
     *
     * @param id unique in this ledger, ascending for each render
     * @param kind {@code render} for a change of a render's state, else what was noted
     * @param account whom it concerns, if one
     * @param attempt the attempt that it is about
     * @param detail why, in words; may be empty
     * @param render everything that is recorded about the render now, which may be later than the event
     */
    record LedgerEvent(
            long id,
            Instant at,
            String kind,
            Optional<String> account,
            Optional<String> campaign,
            Optional<AttemptToken> attempt,
            Optional<RenderState> from,
            Optional<RenderState> to,
            String detail,
            Optional<RenderRecord> render) {}

    /**
     * Forgets events that happened before a moment and wait for nobody, some thousands at a time.
     *
     * @return how many
     */
    long forgetEvents(Instant before);
}
