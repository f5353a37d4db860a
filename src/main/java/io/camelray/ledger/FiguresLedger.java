package io.camelray.ledger;

import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is counted for those who watch the program. Nothing here changes a render. */
public interface FiguresLedger {

    /** All of it at one moment. Reads every render's state: ask a few times a minute at the most. */
    LedgerFigures figures();

    /** What is reserved in the budget of a day, and neither confirmed nor at risk. */
    Money reservedOn(LocalDate day);

    /**
     * The ledger in numbers.
     *
     * @param at by the ledger's clock
     * @param renders of all accepted revisions by account, then by state; what is absent is none
     * @param pausedAccounts that submit nothing until a person, or the provider, lets them
     * @param firstExpiry when the first download address ends of an output that is not in the spool yet; in the past if
     *     it has ended
     * @param waitingForDelivery renders that are completed and not delivered
     */
    record LedgerFigures(
            Instant at,
            Map<String, Map<RenderState, Integer>> renders,
            Set<String> accounts,
            Set<String> pausedAccounts,
            Money reserved,
            Money confirmed,
            Money atRisk,
            Optional<Instant> firstExpiry,
            int waitingForDelivery) {

        /** How many renders of an account are in this state. */
        public int renders(String account, RenderState state) {
            return renders.getOrDefault(account, Map.of()).getOrDefault(state, 0);
        }
    }
}
