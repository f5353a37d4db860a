package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.model.Price;
import io.camelray.model.Violation;
import java.util.List;
import java.util.Optional;

/** What became of a manifest. */
public sealed interface PlanResult {

    /**
     * It is in the ledger.
     *
     * @param added renders that are new work
     * @param kept renders that earlier revisions already had
     * @param cancelled planned renders that are no longer asked for
     * @param redelivered how many of the kept are delivered anew, for nothing
     * @param held whether the new work is held because its expected price exceeds the budget
     * @param price of all its renders, those that are kept included
     * @param deadline by when it is wanted, and what that takes, if it says so and anything of it is new
     * @param warnings what is doubtful
     */
    record Accepted(
            Revision revision,
            int added,
            int kept,
            int cancelled,
            int redelivered,
            boolean held,
            Price price,
            Optional<Deadline> deadline,
            List<Violation> warnings)
            implements PlanResult {

        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /** The very same manifest had been accepted before; nothing was done, and nothing is paid. */
    record Repeated(Revision revision) implements PlanResult {}

    /**
     * Nothing of it was accepted.
     *
     * @param campaign its name, if it could be read
     * @param violations why, and whatever else is doubtful
     */
    record Rejected(Optional<String> campaign, List<Violation> violations) implements PlanResult {

        public Rejected {
            violations = List.copyOf(violations);
        }
    }
}
