package io.camelray.engine;

import io.camelray.model.ProviderJobId;
import io.camelray.provider.JobStatus;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks providers for single jobs. Thread-safe. */
final class JobQuestions {

    private final Accounts accounts;
    private final PollTransport transport;
    private final Clock clock;
    private final Executor readers;

    /** @param readers where answers are read, which is not on the transport's thread */
    JobQuestions(Accounts accounts, PollTransport transport, Clock clock, Executor readers) {
        this.accounts = accounts;
        this.transport = transport;
        this.clock = clock;
        this.readers = readers;
    }

    /**
     * Asks now. The future fails with an {@link java.io.IOException} when the provider cannot be reached.
     *
     * @throws IllegalStateException if no such account is configured, or it has no key
     */
    CompletableFuture<JobStatus> ask(String accountName, ProviderJobId job) {
        Account account = accounts.find(accountName)
                .orElseThrow(() -> new IllegalStateException("No account '" + accountName + "' is configured"));
        String key = account.key()
                .get()
                .orElseThrow(() -> new IllegalStateException("Account '" + accountName + "' has no API key"));
        return transport
                .send(account.baseUrl(), account.provider().statusQuery(job), key)
                .thenApplyAsync(reply -> account.provider().status(job, reply, clock.instant()), readers);
    }
}
