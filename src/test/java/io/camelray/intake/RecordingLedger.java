package io.camelray.intake;

import io.camelray.ledger.ArchiveLedger;
import io.camelray.ledger.PlanningLedger;
import io.camelray.model.GenerationFacts;
import io.camelray.model.ProviderName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what it is handed over, so that a test can look at it. Decides nothing. */
class RecordingLedger implements PlanningLedger {

    final List<NewRevision> drafts = new ArrayList<>();
    final List<List<PlannedRender>> batches = new ArrayList<>();
    final List<Revision> accepted = new ArrayList<>();
    private final Map<String, GenerationFacts> generations = new HashMap<>();
    int closed;

    @Override
    public Optional<Revision> findRevision(String campaign, String digest) {
        return accepted.stream()
                .filter(revision -> revision.campaign().equals(campaign)
                        && revision.digest().equals(digest))
                .findFirst();
    }

    @Override
    public Optional<ArchiveLedger.Archived> archived(String campaign) {
        return Optional.empty();
    }

    @Override
    public List<String> accountsOf(String campaign) {
        return drafts.stream()
                .filter(revision -> revision.campaign().equals(campaign))
                .map(NewRevision::account)
                .distinct()
                .toList();
    }

    @Override
    public Optional<GenerationFacts> findGeneration(ProviderName provider, String id) {
        return Optional.ofNullable(generations.get(id));
    }

    /** Puts a generation on record. */
    RecordingLedger knowing(String id, GenerationFacts facts) {
        generations.put(id, facts);
        return this;
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
            return new Acceptance(done, renders().size(), 0, 0, 0, false);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
