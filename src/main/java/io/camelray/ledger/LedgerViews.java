package io.camelray.ledger;

import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What people and reports read. Nothing here changes a render. */
public interface LedgerViews {

    List<CampaignStatus> campaigns();

    Optional<CampaignStatus> campaign(String name);

    Optional<RenderRecord> render(RenderId id);

    /** Streams a campaign's renders of its current revision, in plan order; constant memory. */
    void renders(String campaign, Consumer<RenderRecord> consumer);

    /** Where the renders of a campaign's current revision are delivered to. */
    List<Destination> destinations(String campaign);

    /** Whether an output of any render was proven to be there. Not for hot paths: it looks through all outputs. */
    boolean hasStored(Destination destination, String key);

    List<AccountUse> accounts();

    /** The accounts in order of their names, with where each is, and where its limits come from. */
    List<AccountState> accountStates();

    /** The undo windows that were opened and have not been closed. */
    List<OpenWindow> openWindows();

    /**
     * @param revision the campaign's current one
     * @param source the file name of its manifest
     * @param until when the first of the campaign's windows ends
     */
    record OpenWindow(String campaign, int revision, String source, Instant until) {}

    /** Names of the campaigns that an operator has paused. */
    Set<String> pausedCampaigns();

    /** Which campaigns are archived: of their renders only the counts are left. */
    Map<String, ArchiveLedger.Archived> archivedCampaigns();

    /** The work that goes on without a person, over all campaigns. */
    WorkLeft workLeft();

    /**
     * Current revisions in which every render is settled, or waits for parents that are, and whose report is not yet
     * written or no longer true. Ad-hoc requests have no report.
     */
    List<CampaignStatus> unreported();

    /** The report of this revision tells the truth as of {@code status}; a later change makes it unreported again. */
    void recordReported(CampaignStatus status);

    /**
     * @param counts renders of the current revision by state, without drafts; absent states have none
     * @param expected price of the current revision
     * @param changes counts every change to the campaign; two equal numbers mean that nothing happened in between
     * @param drafts by state, those that were only made to be looked at: they are not among {@code counts}
     */
    record CampaignStatus(
            String campaign,
            int revision,
            String manifestDigest,
            String source,
            Map<RenderState, Integer> counts,
            Money budget,
            Money expected,
            Money reserved,
            Money confirmed,
            Money atRisk,
            Instant acceptedAt,
            long changes,
            Map<RenderState, Integer> drafts) {

        /** One without drafts. */
        public CampaignStatus(
                String campaign,
                int revision,
                String manifestDigest,
                String source,
                Map<RenderState, Integer> counts,
                Money budget,
                Money expected,
                Money reserved,
                Money confirmed,
                Money atRisk,
                Instant acceptedAt,
                long changes) {
            this(
                    campaign,
                    revision,
                    manifestDigest,
                    source,
                    counts,
                    budget,
                    expected,
                    reserved,
                    confirmed,
                    atRisk,
                    acceptedAt,
                    changes,
                    Map.of());
        }

        public int count(RenderState state) {
            return counts.getOrDefault(state, 0);
        }

        /** How many are in this state, drafts included. */
        public int countWithDrafts(RenderState state) {
            return count(state) + drafts.getOrDefault(state, 0);
        }

        public int total() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * @param dueLater renders planned for a retry time that has not come, or in an undo window
     * @param nextDue the earliest such time
     * @param waitingForParents planned renders that cannot start yet. They are no work of their own: as long as a parent,
     *     or a parent's parent, goes on, that one is counted in another field, and the moment it completes its children
     *     are due. So do not add them up; when nothing else is left, they wait for parents that wait for a person.
     */
    record WorkLeft(
            int due,
            int dueLater,
            Optional<Instant> nextDue,
            int waitingForParents,
            int submitting,
            int rendering,
            int rendered,
            int failuresToHandOver,
            int eventsToHandOver) {

        /** Whether nothing is left that can be done now; what is due later, or waits for parents, is not counted. */
        public boolean isNone() {
            return due + submitting + rendering + rendered + failuresToHandOver + eventsToHandOver == 0;
        }
    }
}
