package io.camelray.ledger;

import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.model.Labelled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When schedules fired. Any number of nodes may record the same firing: it is there once, and one of them plans it.
 */
public interface FiringLedger {

    /**
     * Watches a schedule from now on, if it is not watched already with this timing.
     *
     * @param timing whatever decides when it fires; another timing is watched anew
     * @return the last moment that is accounted for: its last firing, or the begin of the watch if that is later
     */
    Instant watchSchedule(String schedule, String timing);

    /** Ends the watch: what a schedule misses from now on is no misfire. */
    void unwatchSchedule(String schedule);

    /** A schedule fires. @return whether this call recorded it; false if that had been done before, by whomever */
    boolean recordFiring(String schedule, Instant at);

    /** A schedule would have fired, and does not. @return whether this call recorded it */
    boolean recordSkipped(String schedule, Instant at, String why);

    /**
     * Leases firings that are to be planned. Of each schedule only the oldest, so that revisions keep the order of time:
     * the next one can be had when that is settled.
     */
    List<DueFiring> claimFirings(int limit, Duration lease);

    /** What became of a firing. Ignored if that is known already, or another node has leased it by now. */
    void settleFiring(DueFiring firing, FiringOutcome outcome, Optional<Revision> revision, String detail);

    /** A firing could not be planned now; it is due again after the pause. Ignored if another node has leased it by now. */
    void releaseFiring(DueFiring firing, Duration pause);

    /** The last firing of each schedule that ever had one, in order of names. */
    List<Firing> lastFirings();

    /** A firing that is to be planned. */
    record DueFiring(String schedule, Instant at) {}

    /**
     * A firing on record.
     *
     * @param campaign what it became, if it was accepted
     * @param revision the campaign's revision, if it was accepted
     * @param detail why it was skipped or rejected; empty otherwise
     */
    record Firing(
            String schedule,
            Instant at,
            FiringOutcome outcome,
            Optional<String> campaign,
            Optional<Integer> revision,
            String detail) {}

    /** What became of a firing. */
    enum FiringOutcome implements Labelled {
        /** It is to be planned. */
        DUE("due"),
        /** A revision of the campaign was accepted. */
        ACCEPTED("accepted"),
        /** The manifest was refused. */
        REJECTED("rejected"),
        /** It fell into a blackout, or was missed and the schedule's policy is not to make up for it. */
        SKIPPED("skipped");

        private final String label;

        FiringOutcome(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }
}
