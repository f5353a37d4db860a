package io.camelray.intake;

import io.camelray.ledger.PlanningLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what it is handed over, so that a test can look at it. Decides nothing. */
final class RecordingLedger implements PlanningLedger {

    final List<NewRevision> drafts = new ArrayList<>();
    final List<List<PlannedRender>> batches = new ArrayList<>();
    final List<Revision> accepted = new ArrayList<>();
    int closed;

    @Override
    public Optional<Revision> findRevision(String campaign, String digest) {
        return accepted.stream()
                .filter(revision -> revision.campaign().equals(campaign)
                        && revision.digest().equals(digest))
                .findFirst();
    }

    @Override
    public RevisionDraft draft(NewRevision revision) {
        drafts.add(revision);
        return new Draft(revision);
    }

    @Override
    public int sweepDrafts() {
        throw new UnsupportedOperationException("planning never sweeps");
    }

    List<PlannedRender> renders() {
        return batches.stream().flatMap(List::stream).toList();
    }

    private final class Draft implements RevisionDraft {
        private final NewRevision revision;

        Draft(NewRevision revision) {
            this.revision = revision;
        }

        @Override
        public int number() {
            return accepted.size() + 1;
        }

        @Override
        public void add(List<PlannedRender> renders) {
            batches.add(renders);
        }

        @Override
        public Acceptance accept() {
            Revision done = new Revision(revision.campaign(), number(), revision.digest());
            accepted.add(done);
            return new Acceptance(done, renders().size(), 0, 0, false);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
