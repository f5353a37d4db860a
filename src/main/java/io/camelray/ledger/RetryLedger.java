package io.camelray.ledger;

import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.Priority;
import io.camelray.model.RenderId;
import java.util.List;
import java.util.Optional;

/** What intake asks of the ledger when a manifest wants failed renders to go again. */
public interface RetryLedger {

    /** How the campaign stands now, if it has accepted a revision of this number. */
    Optional<Standing> standing(String campaign, int revision);

    /** @param revision the current one @param stopAfterFailures 0 switches it off */
    record Standing(int revision, String digest, Money budget, Priority priority, int stopAfterFailures) {}

    /** The failed renders of the campaign's current revision, in plan order. */
    List<FailedRender> failedRenders(String campaign);

    /** @param cell the axis values as canonical JSON */
    record FailedRender(
            RenderId id,
            String step,
            String cell,
            int ordinal,
            String fingerprint,
            int generation,
            Optional<FailureClass> failure,
            boolean draft) {}

    /**
     * Like {@link PlanningLedger#draft}, but when it is accepted, everything that the current revision has stays as it is
     * and moves to the new one; only the renders of the steps and cells that the draft holds are replaced: what waits of
     * them is cancelled, what has ended stays where it is.
     */
    RevisionDraft amend(NewRevision revision);
}
