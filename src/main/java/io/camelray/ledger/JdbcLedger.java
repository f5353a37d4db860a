package io.camelray.ledger;

import io.camelray.model.AttemptToken;
import io.camelray.model.Destination;
import io.camelray.model.Failure;
import io.camelray.model.GenerationFacts;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The ledger in a database. Use it with a store from {@link LedgerStore}, or with the application's own
 * {@link DataSource}; its tables all begin with {@code ray_}.
 */
public final class JdbcLedger implements Ledger {
    private final LedgerDatabase database;
    private final Nodes nodes;
    private final Planning planning;
    private final Submission submission;
    private final Replies replies;
    private final UnknownAttempts unknown;
    private final Operating operating;
    private final Approving approving;
    private final Retrying retrying;
    private final Regenerating regenerating;
    private final Resolving resolving;
    private final Polling polling;
    private final Delivery delivery;
    private final AdHocRenders adHoc;
    private final Failures failures;
    private final Events events;
    private final Firings firings;
    private final DigestQueue digests;
    private final Views views;
    private final Archiving archiving;

    /**
     * Brings the tables up to date and opens the ledger; its time is the database's. {@link #close()} leaves the data
     * source open: who opened it closes it.
     *
     * @throws LedgerUnavailableException if the database cannot be reached or its tables cannot be brought up to date
     * @throws IllegalStateException if a ledger must not be kept in this database: of another make, set up to forget
     *     what it has acknowledged, or worked with by a newer program
     */
    public JdbcLedger(DataSource dataSource, DailyBudget daily) {
        this(dataSource, Optional.empty(), daily);
    }

    /** Like {@link #JdbcLedger(DataSource, DailyBudget)}, with a clock in place of the database's. */
    public JdbcLedger(DataSource dataSource, LedgerClock clock, DailyBudget daily) {
        this(dataSource, Optional.of(clock), daily);
    }

    private JdbcLedger(DataSource dataSource, Optional<LedgerClock> clock, DailyBudget daily) {
        this.database = new LedgerDatabase(dataSource, clock);
        Tables tables = Tables.create();
        RenderMoves moves = new RenderMoves(tables);
        RenderReader reader = new RenderReader(tables);
        Hands hands = Hands.empty();
        this.nodes = new Nodes(database, tables, hands);
        this.planning = new Planning(database, tables, nodes, hands.drafts());
        this.submission = new Submission(database, tables, moves, daily, nodes);
        this.replies = new Replies(database, tables, moves, submission, nodes);
        this.unknown = new UnknownAttempts(database);
        this.operating = new Operating(database, tables, moves);
        this.approving = new Approving(database, tables, moves);
        this.retrying = new Retrying(database, tables, moves);
        this.regenerating = new Regenerating(database, planning);
        this.resolving = new Resolving(database, tables, moves, nodes);
        this.polling = new Polling(database, tables, moves, submission, nodes);
        this.delivery = new Delivery(database, tables, moves, reader, nodes, hands.deliveries());
        this.adHoc = new AdHocRenders(database);
        this.failures = new Failures(database, tables, reader, nodes, hands.failures());
        this.events = new Events(database, tables, reader, nodes, hands.events());
        this.firings = new Firings(database, tables, nodes, hands.firings());
        this.digests = new DigestQueue(database, tables, nodes, hands.digests());
        this.views = new Views(database, tables, reader);
        this.archiving = new Archiving(database, tables);
    }

    @Override
    public void onChange(ChangeListener listener) {
        database.onChange(listener);
    }

    @Override
    public void writeCopy(Path zip) {
        database.backUp(zip);
    }

    @Override
    public void shrink() {
        database.shrink();
    }

    @Override
    public void close() {
        database.close();
    }

    @Override
    public List<Ended> archivable(Instant before, Collection<String> campaigns) {
        return archiving.archivable(before, campaigns);
    }

    @Override
    public void archiveRows(Ended campaign, Consumer<Row> sink) {
        archiving.rows(campaign, sink);
    }

    @Override
    public List<Ended> markArchived(List<Ended> campaigns, Instant before, Path file) {
        return archiving.mark(campaigns, before, file);
    }

    @Override
    public long removeArchived() {
        return archiving.remove();
    }

    @Override
    public Map<String, Archived> archivedCampaigns() {
        return archiving.all();
    }

    @Override
    public Optional<Archived> archived(String campaign) {
        return archiving.find(campaign);
    }

    @Override
    public boolean isArchived(AttemptToken token) {
        return archiving.isArchived(token);
    }

    @Override
    public void join(String node) {
        nodes.join(node);
    }

    @Override
    public boolean beat() {
        return nodes.beat();
    }

    @Override
    public TakenOver takeOver(Collection<String> accounts) {
        List<String> ended = nodes.endSilent();
        int unknown = replies.takeSubmissions("the node that was posting it is dead");
        int rendering = polling.takeUnwatched(accounts);
        nodes.freeLeases();
        planning.sweepDrafts();
        return new TakenOver(ended, rendering, unknown);
    }

    @Override
    public void leave() {
        nodes.leave();
    }

    @Override
    public Optional<Revision> findRevision(String campaign, String digest) {
        return planning.findRevision(campaign, digest);
    }

    @Override
    public List<String> accountsOf(String campaign) {
        return planning.accountsOf(campaign);
    }

    @Override
    public Optional<GenerationFacts> findGeneration(ProviderName provider, String id) {
        return planning.findGeneration(provider, id);
    }

    @Override
    public RevisionDraft draft(NewRevision revision) {
        return planning.draft(revision);
    }

    @Override
    public Optional<Standing> standing(String campaign, int revision) {
        return planning.standing(campaign, revision);
    }

    @Override
    public List<FailedRender> failedRenders(String campaign) {
        return planning.failedRenders(campaign);
    }

    @Override
    public RevisionDraft amend(NewRevision revision) {
        return planning.amend(revision);
    }

    @Override
    public int sweepDrafts() {
        return planning.sweepDrafts();
    }

    @Override
    public void registerAccount(AccountRegistration account) {
        submission.registerAccount(account);
    }

    @Override
    public AccountUse use(String account) {
        return submission.use(account);
    }

    @Override
    public List<DueRender> due(String account, int limit) {
        return submission.due(account, limit);
    }

    @Override
    public Optional<Instant> nextDue(String account) {
        return submission.nextDue(account);
    }

    @Override
    public int closeUndoWindows() {
        return approving.closeWindows();
    }

    @Override
    public BindResult bind(AttemptIntent intent, PermitRule rule) {
        return submission.bind(intent, rule);
    }

    @Override
    public boolean isBound(String account, AttemptToken token) {
        return submission.isBound(account, token);
    }

    @Override
    public SubmissionLedger.Acceptance recordAccepted(AttemptToken token, ProviderJobId job) {
        return replies.accepted(token, job);
    }

    @Override
    public void recordNotAccepted(AttemptToken token, Duration delay, boolean countsAsRetry, String reason) {
        replies.notAccepted(token, delay, countsAsRetry, reason);
    }

    @Override
    public void recordRefused(AttemptToken token, Failure failure) {
        replies.refused(token, failure);
    }

    @Override
    public void recordUnknown(AttemptToken token, String reason) {
        replies.unknown(token, reason);
    }

    @Override
    public boolean recordAccountFault(AttemptToken token, String reason) {
        return replies.accountFault(token, reason, Optional.empty());
    }

    @Override
    public boolean recordLackOfCredit(AttemptToken token, String reason, Duration recheck) {
        return replies.accountFault(token, reason, Optional.of(recheck));
    }

    @Override
    public void recordWarning(AttemptToken token, String warning) {
        replies.warning(token, warning);
    }

    @Override
    public void postpone(RenderId render, Duration delay, String reason) {
        replies.postpone(render, delay, reason);
    }

    @Override
    public void fail(RenderId render, Failure failure) {
        replies.giveUp(render, failure);
    }

    @Override
    public void learnRequestsPerMinute(String account, int requestsPerMinute, Optional<Duration> holds) {
        submission.learnRequestsPerMinute(account, requestsPerMinute, holds);
    }

    @Override
    public void learnConcurrency(String account, Duration holds) {
        submission.learnConcurrency(account, holds);
    }

    @Override
    public void coolDown(String account, Duration delay, String reason) {
        submission.coolDown(account, delay, reason);
    }

    @Override
    public boolean recordAccountFault(String account, String reason) {
        return submission.fault(account, reason);
    }

    @Override
    public void recordAccountMended(String account) {
        submission.mended(account);
    }

    @Override
    public int abandonSubmissions(String reason) {
        return replies.abandonSubmissions(reason);
    }

    @Override
    public Cancellation cancel(RenderId render) {
        return operating.cancel(render);
    }

    @Override
    public Cancellation cancelCampaign(String campaign) {
        return operating.cancelCampaign(campaign);
    }

    @Override
    public void pause(RenderId render) {
        operating.pause(render);
    }

    @Override
    public int pauseCampaign(String campaign) {
        return operating.pauseCampaign(campaign);
    }

    @Override
    public void pauseAccount(String account) {
        operating.pauseAccount(account, "an operator paused it");
    }

    @Override
    public void pauseAccount(String account, String reason) {
        operating.pauseAccount(account, reason);
    }

    @Override
    public void resume(RenderId render) {
        operating.resume(render);
    }

    @Override
    public Resumption resumeCampaign(String campaign, Optional<Money> budget) {
        return operating.resumeCampaign(campaign, budget);
    }

    @Override
    public Cancellation undo(String campaign) {
        return approving.undo(campaign);
    }

    @Override
    public Approval approve(RenderId render) {
        return approving.approve(render);
    }

    @Override
    public Approval approveCampaign(String campaign, Optional<String> variant) {
        return approving.approveCampaign(campaign, variant);
    }

    @Override
    public Rejection reject(RenderId render) {
        return approving.reject(render);
    }

    @Override
    public Rejection rejectCampaign(String campaign, Optional<String> variant) {
        return approving.rejectCampaign(campaign, variant);
    }

    @Override
    public void resumeAccount(String account) {
        operating.resumeAccount(account);
    }

    @Override
    public Retry retry(RenderId render) {
        return retrying.retry(render);
    }

    @Override
    public Retry retryCampaign(String campaign) {
        return retrying.retryCampaign(campaign);
    }

    @Override
    public Regeneration again(String campaign) {
        return regenerating.again(campaign);
    }

    @Override
    public void adopt(RenderId render, ProviderJobId job) {
        resolving.adopt(render, job);
    }

    @Override
    public void abandon(RenderId render, boolean charged) {
        resolving.abandon(render, charged);
    }

    @Override
    public void resubmit(RenderId render) {
        resolving.resubmit(render);
    }

    @Override
    public List<RenderId> overdueUnknown(int attempts, int limit) {
        return resolving.overdueUnknown(attempts, limit);
    }

    @Override
    public List<UnknownAttempt> unknownAttempts(String account, int limit) {
        return unknown.of(account, limit);
    }

    @Override
    public Set<ProviderJobId> unclaimed(String account, Collection<ProviderJobId> jobs) {
        return unknown.unclaimed(account, jobs);
    }

    @Override
    public boolean isPosting(String account, String wireHash) {
        return unknown.isPosting(account, wireHash);
    }

    @Override
    public List<RenderingRender> rendering(Optional<RenderId> after, int limit) {
        return polling.rendering(after, limit);
    }

    @Override
    public boolean recordRendered(
            RenderId render, ProviderJobId job, Optional<String> chainId, List<FoundOutput> outputs) {
        return polling.rendered(render, job, chainId, outputs);
    }

    @Override
    public boolean recordJobFailed(
            RenderId render, ProviderJobId job, Failure failure, boolean charged, Optional<Duration> retryAfter) {
        return polling.jobFailed(render, job, failure, charged, retryAfter);
    }

    @Override
    public List<RenderingRender> cancelRequested(int limit) {
        return polling.cancelRequested(limit);
    }

    @Override
    public boolean recordJobCancelled(RenderId render, ProviderJobId job, Failure failure, boolean charged) {
        return polling.jobCancelled(render, job, failure, charged);
    }

    @Override
    public boolean recordJobReturned(RenderId render, ProviderJobId job, String reason) {
        return polling.jobReturned(render, job, reason);
    }

    @Override
    public void recordWarning(RenderId render, ProviderJobId job, String warning) {
        replies.warning(render, job, warning);
    }

    @Override
    public void recordFreshUrls(RenderId render, List<FoundOutput> outputs) {
        polling.freshUrls(render, outputs);
    }

    @Override
    public List<Duration> pastRenderTimes(RenderRequest like, int limit) {
        return polling.pastRenderTimes(like, limit);
    }

    @Override
    public List<PendingOutput> claimRendered(int limit, Duration lease) {
        return delivery.claimRendered(limit, lease);
    }

    @Override
    public Optional<Instant> nextRendered() {
        return delivery.nextRendered();
    }

    @Override
    public void recordSecured(long outputId, SecuredFile file) {
        delivery.secured(outputId, file);
    }

    @Override
    public boolean recordStored(PendingOutput pending, String key, String entityTag) {
        return delivery.stored(pending, key, entityTag);
    }

    @Override
    public boolean recordKept(long outputId, String reason) {
        return delivery.kept(outputId, reason);
    }

    @Override
    public boolean recordMissing(long outputId, String reason) {
        return delivery.missing(outputId, reason);
    }

    @Override
    public boolean awaitsDelivery(long outputId) {
        return delivery.awaitsDelivery(outputId);
    }

    @Override
    public boolean mayDeliver(long outputId) {
        return delivery.mayDeliver(outputId);
    }

    @Override
    public void releaseOutput(long outputId, Duration delay, String reason) {
        delivery.release(outputId, delay, reason);
    }

    @Override
    public void failOutput(long outputId, Failure failure) {
        delivery.failOutput(outputId, failure);
    }

    @Override
    public void releaseAllLeases() {
        nodes.freeLeases();
    }

    @Override
    public List<FailedRevision> claimFailures(int limit, Duration lease) {
        return failures.claim(limit, lease);
    }

    @Override
    public void settleFailures(FailedRevision failed) {
        failures.settle(failed);
    }

    @Override
    public void releaseFailures(FailedRevision failed, Duration delay) {
        failures.release(failed, delay);
    }

    @Override
    public void openEvents() {
        events.open();
    }

    @Override
    public int closeEvents() {
        return events.close();
    }

    @Override
    public List<LedgerEvent> claimEvents(int limit, Duration lease) {
        return events.claim(limit, lease);
    }

    @Override
    public void settleEvent(long event) {
        events.settle(event);
    }

    @Override
    public void releaseEvent(long event, Duration delay) {
        events.release(event, delay);
    }

    @Override
    public List<RenderId> openAdHoc(Duration untouchedFor) {
        return adHoc.open(untouchedFor);
    }

    @Override
    public List<Progress> progress(Collection<RenderId> renders) {
        return adHoc.progress(renders);
    }

    @Override
    public Optional<DueRender> due(RenderId render) {
        return adHoc.due(render);
    }

    @Override
    public Optional<PendingOutput> claimRendered(RenderId render, Duration lease) {
        return delivery.claimRendered(render, lease);
    }

    @Override
    public Optional<String> chainId(RenderId render) {
        return adHoc.chainId(render);
    }

    @Override
    public List<CampaignStatus> campaigns() {
        return views.campaigns();
    }

    @Override
    public Optional<CampaignStatus> campaign(String name) {
        return views.campaign(name);
    }

    @Override
    public Optional<RenderRecord> render(RenderId id) {
        return views.render(id);
    }

    @Override
    public void renders(String campaign, Consumer<RenderRecord> consumer) {
        views.renders(campaign, consumer);
    }

    @Override
    public List<OpenWindow> openWindows() {
        return views.openWindows();
    }

    @Override
    public List<AccountUse> accounts() {
        return submission.all();
    }

    @Override
    public List<AccountState> accountStates() {
        return submission.states();
    }

    @Override
    public long forgetEvents(Instant before) {
        return OldEvents.forget(database, before);
    }

    @Override
    public LedgerFigures figures() {
        return FigureTable.read(database, accounts());
    }

    @Override
    public Money reservedOn(LocalDate day) {
        return views.reservedOn(day);
    }

    @Override
    public WorkLeft workLeft() {
        return views.workLeft();
    }

    @Override
    public OptionalLong sourceMillis(RenderRecord render) {
        return views.sourceMillis(render);
    }

    @Override
    public List<Destination> destinations(String campaign) {
        return views.destinations(campaign);
    }

    @Override
    public boolean hasStored(Destination destination, String key) {
        return views.hasStored(destination, key);
    }

    @Override
    public List<CampaignStatus> unreported() {
        return views.unreported();
    }

    @Override
    public Set<String> pausedCampaigns() {
        return views.pausedCampaigns();
    }

    @Override
    public void recordReported(CampaignStatus status) {
        views.recordReported(status);
    }

    @Override
    public Instant watchSchedule(String schedule, String timing) {
        return firings.watch(schedule, timing);
    }

    @Override
    public void unwatchSchedule(String schedule) {
        firings.unwatch(schedule);
    }

    @Override
    public boolean recordFiring(String schedule, Instant at) {
        return firings.record(schedule, at);
    }

    @Override
    public boolean recordSkipped(String schedule, Instant at, String why) {
        return firings.skip(schedule, at, why);
    }

    @Override
    public List<DueFiring> claimFirings(int limit, Duration lease) {
        return firings.claim(limit, lease);
    }

    @Override
    public void settleFiring(DueFiring firing, FiringOutcome outcome, Optional<Revision> revision, String detail) {
        firings.settle(firing, outcome, revision, detail);
    }

    @Override
    public void releaseFiring(DueFiring firing, Duration pause) {
        firings.release(firing, pause);
    }

    @Override
    public List<Firing> lastFirings() {
        return firings.latest();
    }

    @Override
    public void addDigest(Digest digest) {
        digests.add(digest);
    }

    @Override
    public void forgetDigest(String name) {
        digests.forget(name);
    }

    @Override
    public List<Digest> claimDigests(int limit, Duration lease) {
        return digests.claim(limit, lease);
    }

    @Override
    public boolean holdsDigest(String name, long stamp, Duration lease) {
        return digests.holds(name, stamp, lease);
    }

    @Override
    public void settleDigest(String name, long stamp) {
        digests.settle(name, stamp);
    }

    @Override
    public void releaseDigest(String name, long stamp, Duration pause) {
        digests.release(name, stamp, pause);
    }
}
