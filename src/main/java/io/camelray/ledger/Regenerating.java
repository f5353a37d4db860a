package io.camelray.ledger;

import io.camelray.ledger.GenerationTable.Copied;
import io.camelray.ledger.GenerationTable.Origin;
import io.camelray.ledger.OperatorLedger.Regeneration;
import io.camelray.ledger.PlanningLedger.Acceptance;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.model.Money;
import java.util.List;

/**
 * Plans all of a campaign once more, as it is in the ledger: the same requests, on the same bytes, to the same keys. The
 * manifest is not asked, because what is beside it may have changed or gone.
 */
final class Regenerating {
    private static final int SOME = 500;

    private final LedgerDatabase database;
    private final Planning planning;
    private final GenerationTable table = new GenerationTable();

    Regenerating(LedgerDatabase database, Planning planning) {
        this.database = database;
        this.planning = planning;
    }

    Regeneration again(String campaign) {
        Origin origin = database.read(handle -> table.origin(handle, campaign))
                .orElseThrow(() -> new OperatorException("There is no campaign '" + campaign + "'"));
        int open = database.read(handle -> table.open(handle, campaign));
        if (open > 0) {
            throw new OperatorException(
                    open + " renders of campaign " + campaign
                            + " have not ended, and would deliver to the same keys; wait for them, resolve or cancel them first");
        }
        int planned = 0;
        Money expected = Money.ZERO;
        Money upperBound = Money.ZERO;
        try (RevisionDraft draft = planning.draft(origin.next())) {
            List<Copied> page = page(origin, RenderSets.Place.START);
            while (!page.isEmpty()) {
                draft.add(page.stream().map(Copied::render).toList());
                for (Copied copied : page) {
                    expected = expected.plus(copied.render().price().expected());
                    upperBound = upperBound.plus(copied.render().price().upperBound());
                }
                planned += page.size();
                Copied last = page.get(page.size() - 1);
                page = page(origin, new RenderSets.Place(last.render().ordinal(), last.id()));
            }
            Acceptance done = draft.accept();
            return new Regeneration(
                    done.revision().number(),
                    origin.generation(),
                    planned,
                    expected,
                    upperBound,
                    origin.next().budget(),
                    done.held());
        }
    }

    private List<Copied> page(Origin origin, RenderSets.Place after) {
        return database.read(handle -> table.page(handle, origin.id(), after, SOME, origin.generation()));
    }
}
