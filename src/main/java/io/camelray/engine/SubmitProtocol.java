package io.camelray.engine;

import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.SubmissionLedger;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.UnsupportedRequestException;
import io.camelray.provider.WireRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits one render: prepare, bind, post once, record (design §6). After the intent is durable there is exactly one
 * {@code POST}, and whatever cannot be proven about it is recorded as unknown. Thread-safe; blocks while the provider
 * answers.
 */
final class SubmitProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitProtocol.class);

    /** How long after binding the first byte may go out. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final SubmissionLedger ledger;
    private final AccountGovernor governor;
    private final MediaPreparer media;
    private final SubmitTransport transport;
    private final Receipts receipts;
    private final ReplyRecorder recorder;
    private final AccountAlerts alerts;
    private final Supplier<AttemptToken> tokens;
    private final BooleanSupplier stopping;
    private final Clock wall;
    private final LongSupplier nanoTime;
    private final EngineFigures figures;

    SubmitProtocol(
            SubmissionLedger ledger,
            AccountGovernor governor,
            MediaPreparer media,
            SubmitTransport transport,
            Receipts receipts,
            ReplyRecorder recorder,
            AccountAlerts alerts,
            Supplier<AttemptToken> tokens,
            BooleanSupplier stopping,
            Clock wall,
            LongSupplier nanoTime,
            EngineFigures figures) {
        this.ledger = ledger;
        this.governor = governor;
        this.media = media;
        this.transport = transport;
        this.receipts = receipts;
        this.recorder = recorder;
        this.alerts = alerts;
        this.tokens = tokens;
        this.stopping = stopping;
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.figures = figures;
    }

    SubmitResult submit(Account account, DueRender render) {
        Optional<String> key = account.key().get();
        if (key.isEmpty()) {
            alerts.fault(account.name(), "no API key is configured");
            return new SubmitResult.Waits("account " + account.name() + " has no API key");
        }
        MediaPreparer.Prepared prepared = media.prepare(render);
        if (prepared instanceof MediaPreparer.Prepared.NotNow later) {
            return notNow(render, later.reason());
        }
        if (prepared instanceof MediaPreparer.Prepared.Never never) {
            ledger.fail(render.id(), never.failure());
            return new SubmitResult.Refused(never.failure().reason());
        }
        WireRequest request;
        try {
            MediaResolver ready = ((MediaPreparer.Prepared.Ready) prepared).media();
            request = account.provider().submission(render.request(), ready);
        } catch (UnsupportedRequestException e) {
            ledger.fail(
                    render.id(),
                    new Failure(FailureClass.REJECTED, e.getMessage(), "Choose a provider that can do it"));
            return new SubmitResult.Refused(e.getMessage());
        }
        if (stopping.getAsBoolean()) {
            return new SubmitResult.Waits("the program is stopping");
        }
        AttemptToken token = tokens.get();
        BooleanSupplier inTime = deadline();
        BindResult bound =
                bind(account, new AttemptIntent(render.id(), token, request.bodyHash(), request.body(), TIME_LIMIT));
        if (bound instanceof BindResult.NoRoom full) {
            return new SubmitResult.Waits(full.permit().reason());
        }
        if (bound instanceof BindResult.DaySpent spent) {
            return new SubmitResult.Waits(spent.permit().reason(), pause(spent.permit()));
        }
        if (bound instanceof BindResult.Held held) {
            return new SubmitResult.Waits("held: " + held.reason().label());
        }
        if (bound instanceof BindResult.Bound) {
            return post(account, render, request, key.get(), token, inTime);
        }
        return new SubmitResult.Waits("no longer due");
    }

    /** What the render starts from cannot be had now. Nothing was bound, so nothing needs to be taken back. */
    private SubmitResult notNow(DueRender render, String reason) {
        LOG.warn("Render {} of {} waits for what it starts from: {}", render.id(), render.campaign(), reason);
        recorder.recordNotReady(render.id(), reason, render.technicalRetries());
        return new SubmitResult.Waits(reason);
    }

    /** Until the day has money again; a minute at most, because a failed job can free some at any time. */
    private Duration pause(Permit.Wait permit) {
        Duration left = Duration.between(wall.instant(), permit.until());
        return left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left.isNegative() ? Duration.ZERO : left;
    }

    /** Started before the intent is written, so that the time it takes counts. Both clocks must agree. */
    private BooleanSupplier deadline() {
        long startNanos = nanoTime.getAsLong();
        Instant latest = wall.instant().plus(TIME_LIMIT);
        return () -> !stopping.getAsBoolean()
                && nanoTime.getAsLong() - startNanos < TIME_LIMIT.toNanos()
                && !wall.instant().isAfter(latest);
    }

    private BindResult bind(Account account, AttemptIntent intent) {
        try {
            return ledger.bind(intent, governor);
        } catch (LedgerUnavailableException e) {
            // Whether the intent is durable is unclear, so nothing is posted; if it is, take it back.
            LOG.warn("Binding render {} ended unclear, nothing is posted: {}", intent.render(), e.getMessage());
            recorder.recordUnsent(account.name(), intent.token(), "bound but never posted");
            return new BindResult.NotDue();
        }
    }

    private SubmitResult post(
            Account account,
            DueRender render,
            WireRequest request,
            String key,
            AttemptToken token,
            BooleanSupplier inTime) {
        PostOutcome outcome = transport.post(account.baseUrl(), request, key, token, inTime);
        if (outcome instanceof PostOutcome.NeverSent && stopping.getAsBoolean()) {
            recorder.recordUnsent(account.name(), token, "the program stopped before the request was sent");
            return new SubmitResult.Waits("the program is stopping");
        }
        if (outcome instanceof PostOutcome.NeverSent never) {
            figures.neverSent(account.name());
            recorder.recordNeverSent(account.name(), render.id(), token, never.reason(), render.technicalRetries());
            return new SubmitResult.Waits("not sent: " + never.reason());
        }
        SubmitVerdict verdict;
        if (outcome instanceof PostOutcome.Replied replied) {
            writeReceipt(account, token, replied);
            verdict = account.provider().verdict(render.request(), replied.reply());
        } else {
            verdict = new SubmitVerdict.Ambiguous(((PostOutcome.Lost) outcome).reason());
        }
        figures.posted(account.name(), verdict);
        recorder.record(account.name(), render.id(), token, verdict, render.technicalRetries());
        if (verdict instanceof SubmitVerdict.Accepted accepted && outcome instanceof PostOutcome.Replied replied) {
            ModelEcho.difference(account.provider(), render.request(), replied.reply())
                    .ifPresent(warning -> recorder.warn(token, accepted.job(), warning));
        }
        return SubmitResult.of(verdict);
    }

    private void writeReceipt(Account account, AttemptToken token, PostOutcome.Replied replied) {
        try {
            receipts.append(token, account.name(), replied.reply());
        } catch (java.io.UncheckedIOException e) {
            // The ledger is a second place, and it comes next: losing this one must not lose the reply.
            LOG.error("{}; the reply goes to the ledger only", e.getMessage());
        }
    }
}
