package io.camelray.ledger;

import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.ProviderName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code ray_account}: limits, learned and given, and why an account may not post. */
final class AccountTable {

    record AccountRow(
            String name,
            ProviderName provider,
            String baseUrl,
            AccountLimits limits,
            Optional<Instant> notBefore,
            Optional<String> pausedFor) {}

    private static final String SELECT =
            """
            SELECT name, provider, base_url, requests_per_minute, learned_per_minute, max_concurrent, max_posting,
                   not_before, paused_for
              FROM ray_account""";

    void insert(Handle handle, AccountRegistration account) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_account
                               (name, provider, base_url, requests_per_minute, max_concurrent, max_posting)
                        VALUES (:name, :provider, :url, :perMinute, :concurrent, :posting)""")
                .bind("name", account.name())
                .bind("provider", account.provider().label())
                .bind("url", account.baseUrl())
                .bind("perMinute", account.limits().requestsPerMinute())
                .bind("concurrent", account.limits().maxConcurrent())
                .bind("posting", account.limits().maxPosting())
                .execute();
    }

    void updateLimits(Handle handle, String name, AccountLimits limits) {
        handle.createUpdate(
                        """
                        UPDATE ray_account
                           SET requests_per_minute = :perMinute, max_concurrent = :concurrent, max_posting = :posting
                         WHERE name = :name""")
                .bind("name", name)
                .bind("perMinute", limits.requestsPerMinute())
                .bind("concurrent", limits.maxConcurrent())
                .bind("posting", limits.maxPosting())
                .execute();
    }

    Optional<AccountRow> find(Handle handle, String name) {
        return one(handle, SELECT + " WHERE name = :name", name);
    }

    /** Waits for the account's row and keeps it until the transaction ends. */
    Optional<AccountRow> lock(Handle handle, String name) {
        return one(handle, SELECT + " WHERE name = :name FOR UPDATE", name);
    }

    List<String> names(Handle handle) {
        return handle.createQuery("SELECT name FROM ray_account ORDER BY name")
                .mapTo(String.class)
                .list();
    }

    void learn(Handle handle, String name, int perMinute) {
        handle.createUpdate("UPDATE ray_account SET learned_per_minute = :perMinute WHERE name = :name")
                .bind("name", name)
                .bind("perMinute", perMinute)
                .execute();
    }

    /** @return whether {@code until} is later than what held before */
    boolean coolDown(Handle handle, String name, Instant until) {
        return handle.createUpdate(
                                """
                                UPDATE ray_account SET not_before = :until
                                 WHERE name = :name AND (not_before IS NULL OR not_before < :until)""")
                        .bind("name", name)
                        .bind("until", Micros.of(until))
                        .execute()
                == 1;
    }

    /** @param reason null resumes */
    boolean pause(Handle handle, String name, String reason) {
        return handle.createUpdate("UPDATE ray_account SET paused_for = :reason WHERE name = :name")
                        .bind("name", name)
                        .bind("reason", reason)
                        .execute()
                == 1;
    }

    /**
     * How the account is used at {@code now}. Consistent only while the caller holds the account's row: every change
     * that counts here is made under that lock.
     */
    AccountUse use(Handle handle, AccountRow account, Instant now, Duration window, Duration slotOfUnknown) {
        int running = count(
                handle,
                """
                SELECT COUNT(*) FROM ray_render
                 WHERE state IN ('submitting', 'rendering') AND account = :account""",
                account.name());
        int unknown = handle.createQuery(
                        """
                        SELECT COUNT(*) FROM ray_attempt
                         WHERE account = :account AND verdict = 'unknown' AND replied_at > :since""")
                .bind("account", account.name())
                .bind("since", Micros.of(now.minus(slotOfUnknown)))
                .mapTo(Integer.class)
                .one();
        int posting = count(
                handle,
                """
                SELECT COUNT(*) FROM ray_attempt
                 WHERE account = :account AND verdict = 'posting'""",
                account.name());
        record Window(int size, Optional<Instant> oldest) {}
        Window counted = handle.createQuery(
                        """
                        SELECT COUNT(*) AS size, MIN(counted_at) AS oldest FROM ray_attempt
                         WHERE account = :account AND counted_at > :since""")
                .bind("account", account.name())
                .bind("since", Micros.of(now.minus(window)))
                .map((row, context) -> new Window(row.getInt("size"), Micros.optional(row, "oldest")))
                .one();
        return new AccountUse(
                account.name(),
                account.limits(),
                now,
                running + unknown,
                posting,
                counted.size() + posting,
                counted.oldest().map(oldest -> oldest.plus(window)),
                account.notBefore(),
                account.pausedFor());
    }

    private static int count(Handle handle, String sql, String account) {
        return handle.createQuery(sql)
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<AccountRow> one(Handle handle, String sql, String name) {
        return handle.createQuery(sql)
                .bind("name", name)
                .map((row, context) -> {
                    int learned = row.getInt("learned_per_minute");
                    int perMinute = row.wasNull() ? row.getInt("requests_per_minute") : learned;
                    return new AccountRow(
                            row.getString("name"),
                            Labels.provider(row.getString("provider")),
                            row.getString("base_url"),
                            new AccountLimits(perMinute, row.getInt("max_concurrent"), row.getInt("max_posting")),
                            Micros.optional(row, "not_before"),
                            Optional.ofNullable(row.getString("paused_for")));
                })
                .findOne();
    }
}
