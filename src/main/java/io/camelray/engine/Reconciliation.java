package io.camelray.engine;

import io.camelray.ledger.ReconciliationLedger;
import io.camelray.ledger.ReconciliationLedger.UnknownAttempt;
import io.camelray.ledger.SubmissionLedger;
import io.camelray.model.ProviderJobId;
import io.camelray.provider.JobListing;
import io.camelray.provider.ListedJob;
import io.camelray.provider.ListedJobs;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the jobs of unknown submissions in what a provider lists, where it can list (design §6). A job is adopted only
 * when it repeats the body that was sent, was created while the attempt may have been on the wire, belongs to no other
 * attempt, and there are exactly as many such jobs as unknown attempts with that body. That a job is not listed proves
 * nothing: then the render stays unknown. Blocks while the provider answers; one thread at a time.
 */
final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    /** By how much the provider's clock may differ from the ledger's. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    private static final Duration REPLY = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 200;
    private static final int PAGES = 10;

    private final ReconciliationLedger unknown;
    private final SubmissionLedger submissions;
    private final PollTransport transport;

    Reconciliation(ReconciliationLedger unknown, SubmissionLedger submissions, PollTransport transport) {
        this.unknown = unknown;
        this.submissions = submissions;
        this.transport = transport;
    }

    /** Looks once for all that is unknown at this account. @return how many renders go on because their job was found */
    int reconcile(Account account) throws InterruptedException {
        Optional<JobListing> listing = account.provider().listing();
        Optional<String> key = account.key().get();
        if (listing.isEmpty() || key.isEmpty()) {
            return 0;
        }
        Map<String, List<UnknownAttempt>> byBody = unknown.unknownAttempts(account.name(), ATTEMPTS).stream()
                .collect(Collectors.groupingBy(UnknownAttempt::wireHash));
        int found = 0;
        for (List<UnknownAttempt> same : byBody.values()) {
            List<ListedJob> jobs = repeating(account, listing.get(), key.get(), same);
            if (jobs.size() == same.size()
                    && !unknown.isPosting(account.name(), same.get(0).wireHash())) {
                adopt(same, jobs);
                found += same.size();
            } else {
                LOG.debug("{} jobs listed for {} unknown submissions alike", jobs.size(), same.size());
            }
        }
        return found;
    }

    /** Equal requests, equal jobs: which is whose makes no difference. */
    private void adopt(List<UnknownAttempt> attempts, List<ListedJob> jobs) {
        for (int i = 0; i < attempts.size(); i++) {
            ProviderJobId job = jobs.get(i).job();
            submissions.recordAccepted(attempts.get(i).token(), job);
            LOG.info("The provider lists job {} for a submission whose reply was lost: its render goes on", job);
        }
    }

    /** Jobs nobody claims that repeat this body and were created when one of the attempts may have been on the wire. */
    private List<ListedJob> repeating(Account account, JobListing listing, String key, List<UnknownAttempt> attempts)
            throws InterruptedException {
        Instant from = attempts.stream()
                .map(UnknownAttempt::boundAt)
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .minus(CLOCKS_APART);
        Instant to = attempts.stream()
                .map(UnknownAttempt::over)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(CLOCKS_APART);
        UnknownAttempt one = attempts.get(0);
        List<ListedJob> candidates = listed(account, listing, key, listing.query(one.request(), from), from).stream()
                .filter(job -> job.createdAt()
                        .filter(created -> !created.isBefore(from) && !created.isAfter(to))
                        .isPresent())
                .filter(job -> job.repeats(one.wireBody()))
                .toList();
        Set<ProviderJobId> unclaimed = unknown.unclaimed(
                account.name(), candidates.stream().map(ListedJob::job).toList());
        return candidates.stream().filter(job -> unclaimed.contains(job.job())).toList();
    }

    /** The pages back to {@code from}; what could be read of them. */
    private List<ListedJob> listed(Account account, JobListing listing, String key, WireRequest first, Instant from)
            throws InterruptedException {
        List<ListedJob> jobs = new ArrayList<>();
        Optional<WireRequest> next = Optional.of(first);
        for (int page = 0; page < PAGES && next.isPresent(); page++) {
            ListedJobs listed = ask(account, listing, key, next.get());
            if (!(listed instanceof ListedJobs.Page read)) {
                return List.of();
            }
            jobs.addAll(read.jobs());
            boolean goesBackFarEnough = read.jobs().stream()
                    .flatMap(job -> job.createdAt().stream())
                    .anyMatch(created -> created.isBefore(from));
            next = goesBackFarEnough ? Optional.empty() : read.next();
        }
        return jobs;
    }

    private ListedJobs ask(Account account, JobListing listing, String key, WireRequest request)
            throws InterruptedException {
        try {
            WireReply reply =
                    transport.send(account.baseUrl(), request, key).get(REPLY.toMillis(), TimeUnit.MILLISECONDS);
            return listing.read(reply);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("What account {} submitted cannot be listed now: {}", account.name(), Causes.describe(e));
            return new ListedJobs.Unreadable(Causes.describe(e), Optional.empty());
        }
    }
}
