package io.camelray.ledger;

import io.camelray.model.Destination;
import io.camelray.model.GenerationFacts;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What intake asks of the ledger: to take a whole plan, or nothing of it. */
public interface PlanningLedger {

    /**
     * The revision of this campaign that was accepted with exactly this digest, if there is one of which nothing was
     * cancelled: what was, and is asked for again, is new work.
     */
    Optional<Revision> findRevision(String campaign, String digest);

    /** When a campaign was archived, if it was: only a digest that it had is answered then, nothing is planned. */
    Optional<ArchiveLedger.Archived> archived(String campaign);

    /** The accounts that a campaign's accepted revisions were for; none for a campaign that is not known. */
    List<String> accountsOf(String campaign);

    /**
     * What is recorded of a generation, if it is one of ours.
     *
     * @param id what the provider chains with
     */
    Optional<GenerationFacts> findGeneration(ProviderName provider, String id);

    /**
     * Opens a draft of the campaign's next revision. Nothing of it is work, and nothing of it is seen by any other
     * method, until {@link RevisionDraft#accept()}; a draft that is never accepted is swept at the next start.
     */
    RevisionDraft draft(NewRevision revision);

    /** Removes drafts that nobody living writes. Call it at start, after {@link NodeLedger#join}. @return renders removed */
    int sweepDrafts();

    /**
     * A campaign's next revision.
     *
     * @param campaign slug {@code [a-z0-9][a-z0-9-]{0,62}}
     * @param account the account that pays
     * @param budget the campaign's cap over all its revisions
     * @param stopAfterFailures paid failures in a row after which the campaign is held; 0 switches it off
     * @param digest SHA-256 of the manifest and all that it names, hexadecimal
     * @param source the manifest's file name
     * @param manifest the manifest's text as it was read
     * @param hold how long what is new in it waits before it can be spent on
     * @param draft whether what is not a draft in it waits for approval
     */
    record NewRevision(
            String campaign,
            ProviderName provider,
            String account,
            Money budget,
            Priority priority,
            int stopAfterFailures,
            String digest,
            String source,
            String manifest,
            Duration hold,
            boolean draft) {

        /** One that is worked on at once, without drafts. */
        public NewRevision(
                String campaign,
                ProviderName provider,
                String account,
                Money budget,
                Priority priority,
                int stopAfterFailures,
                String digest,
                String source,
                String manifest) {
            this(
                    campaign,
                    provider,
                    account,
                    budget,
                    priority,
                    stopAfterFailures,
                    digest,
                    source,
                    manifest,
                    Duration.ZERO,
                    false);
        }
    }

    /** An accepted revision. @param number counts from 1 within its campaign */
    record Revision(String campaign, int number, String digest) {}

    /**
     * One render of a plan.
     *
     * @param step the step's id; {@code generate} in a manifest without steps
     * @param cell the axis values as canonical JSON (axes in manifest order)
     * @param label the axis values joined by {@code _}, safe for file names; empty when there are no axes
     * @param ordinal position in the plan, from 0
     * @param fingerprint SHA-256 of the neutral fields, hexadecimal
     * @param generation 1, and one more for each {@code --again}
     * @param line line of the manifest that asked for it; 0 when unknown
     * @param parents the renders of the same plan whose results this one starts from, one of a step at most; they may
     *     come later in the plan
     * @param draft whether it is only made to be looked at; it is another render than the full one of the same step and
     *     cell, and its parents are drafts
     */
    record PlannedRender(
            String step,
            String cell,
            String label,
            int ordinal,
            String fingerprint,
            int generation,
            RenderRequest request,
            Price price,
            List<PlannedOutput> outputs,
            int line,
            List<Parent> parents,
            boolean draft) {

        /** One of full quality. */
        public PlannedRender(
                String step,
                String cell,
                String label,
                int ordinal,
                String fingerprint,
                int generation,
                RenderRequest request,
                Price price,
                List<PlannedOutput> outputs,
                int line,
                List<Parent> parents) {
            this(step, cell, label, ordinal, fingerprint, generation, request, price, outputs, line, parents, false);
        }
    }

    /** A render of an earlier step. @param step its step's id @param cell its axis values as canonical JSON */
    record Parent(String step, String cell) {}

    /**
     * A file that a render is to deliver.
     *
     * @param destination where to
     * @param key below the destination, slash-separated
     * @param alternateKey the key if the file turns out to be of the other kind (an EXR that comes as a ZIP), or empty
     */
    record PlannedOutput(OutputKind kind, Destination destination, String key, String alternateKey) {}

    /** A revision being written. Not thread-safe. Closing without {@link #accept()} removes all of it. */
    interface RevisionDraft extends AutoCloseable {

        int number();

        /** Adds renders, in any number of calls; constant memory. */
        void add(List<PlannedRender> renders);

        /**
         * Makes the draft the campaign's current revision in one transaction. A render with the same step, cell,
         * fingerprint and generation that the campaign already has is kept and moves to this revision. It delivers what
         * this revision says, and where: what was delivered elsewhere is delivered anew, for nothing. Planned
         * or held renders that the new revision does not contain are cancelled; those in flight finish. A render waits
         * for its parents, whichever revision brought them, and fails at once if one of them has ended without a result.
         * A campaign
         * whose expected price (the sum over renders not yet paid, plus what is confirmed) exceeds its budget has its
         * planned renders held for {@code budget}. Of a revision with drafts, what is no draft and not approved is held
         * for {@code approval}; what is new in one with a hold is held for {@code undo-window} so long.
         *
         * @return what became of it
         * @throws IllegalArgumentException if a render names a parent that the plan does not contain, or is there twice
         * @throws KeyInUseException if something would be stored where an object lies that is still to be copied
         */
        Acceptance accept();

        @Override
        void close();
    }

    /**
     * What accepting did.
     *
     * @param added renders that are new work
     * @param kept renders that earlier revisions already had
     * @param cancelled planned renders that are no longer asked for
     * @param redelivered how many of the kept are delivered anew, for nothing
     * @param held whether the new work is held because its expected price exceeds the budget
     */
    record Acceptance(Revision revision, int added, int kept, int cancelled, int redelivered, boolean held) {}
}
