package io.camelray.ledger;

import io.camelray.model.AttemptToken;
import io.camelray.model.Failure;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The ledger in a database. Use it with a store from {@link LedgerStore}, or with the application's own
 * {@link DataSource}; its tables all begin with {@code ray_}.
 */
public final class JdbcLedger implements Ledger {
    private final LedgerDatabase database;
    private final Planning planning;
    private final Submission submission;
    private final Replies replies;
    private final Polling polling;
    private final Delivery delivery;
    private final Views views;

    /**
     * Brings the tables up to date and opens the ledger. {@link #close()} leaves the data source open: who opened it
     * closes it.
     *
     * @throws LedgerUnavailableException if the database cannot be reached or its tables cannot be brought up to date
     */
    public JdbcLedger(DataSource dataSource, LedgerClock clock, DailyBudget daily) {
        this.database = new LedgerDatabase(dataSource, clock);
        Tables tables = Tables.create();
        RenderMoves moves = new RenderMoves(tables);
        RenderReader reader = new RenderReader(tables);
        this.planning = new Planning(database, tables);
        this.submission = new Submission(database, tables, moves, daily);
        this.replies = new Replies(database, tables, moves, submission);
        this.polling = new Polling(database, tables, moves);
        this.delivery = new Delivery(database, tables, moves, reader);
        this.views = new Views(database, tables, reader);
    }

    @Override
    public void onChange(ChangeListener listener) {
        database.onChange(listener);
    }

    @Override
    public void close() {
        database.close();
    }

    @Override
    public Optional<Revision> findRevision(String campaign, String digest) {
        return planning.findRevision(campaign, digest);
    }

    @Override
    public RevisionDraft draft(NewRevision revision) {
        return planning.draft(revision);
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
    public BindResult bind(AttemptIntent intent, PermitRule rule) {
        return submission.bind(intent, rule);
    }

    @Override
    public boolean isBound(AttemptToken token) {
        return submission.isBound(token);
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
    public void recordAccountFault(AttemptToken token, String reason) {
        replies.accountFault(token, reason);
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
    public void learnRequestsPerMinute(String account, int requestsPerMinute) {
        submission.learnRequestsPerMinute(account, requestsPerMinute);
    }

    @Override
    public void coolDown(String account, Duration delay, String reason) {
        submission.coolDown(account, delay, reason);
    }

    @Override
    public void pauseAccount(String account, String reason) {
        submission.pause(account, reason);
    }

    @Override
    public void resumeAccount(String account) {
        submission.resume(account);
    }

    @Override
    public int abandonSubmissions(String reason) {
        return replies.abandonSubmissions(reason);
    }

    @Override
    public void adopt(RenderId render, ProviderJobId job) {
        replies.adopt(render, job);
    }

    @Override
    public void abandon(RenderId render, boolean charged) {
        replies.abandon(render, charged);
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
    public boolean recordStored(long outputId, String key, String entityTag) {
        return delivery.stored(outputId, key, entityTag);
    }

    @Override
    public boolean awaitsDelivery(long outputId) {
        return delivery.awaitsDelivery(outputId);
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
        delivery.releaseAllLeases();
    }

    @Override
    public List<RenderRecord> claimFailures(int limit, Duration lease) {
        return delivery.claimFailures(limit, lease);
    }

    @Override
    public void settleFailure(RenderId render) {
        delivery.settleFailure(render);
    }

    @Override
    public void releaseFailure(RenderId render, Duration delay) {
        delivery.releaseFailure(render, delay);
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
    public List<AccountUse> accounts() {
        return submission.all();
    }

    @Override
    public WorkLeft workLeft() {
        return views.workLeft();
    }

    @Override
    public List<CampaignStatus> unreported() {
        return views.unreported();
    }

    @Override
    public void recordReported(CampaignStatus status) {
        views.recordReported(status);
    }
}
