package io.camelray.ledger;

import io.camelray.ledger.LearnedLimits.Learned;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.model.AttemptToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code ray_account}: limits, learned and given, and why an account may not post. */
final class AccountTable {

    record AccountRow(
            AccountRegistration registered,
            LearnedLimits learned,
            Optional<Instant> notBefore,
            Optional<String> pausedByOperator,
            Optional<Fault> fault) {

        String name() {
            return registered.name();
        }

        AccountLimits limits(Instant now) {
            return learned.over(registered.limits(), now);
        }

        Optional<String> pausedFor() {
            return pausedByOperator.or(() -> fault.map(Fault::reason));
        }

        /** From when it may try again by itself; a pause that an operator asked for has no such moment. */
        Optional<Instant> recheckAt() {
            return pausedByOperator.isPresent()
                    ? Optional.empty()
                    : fault.flatMap(Fault::recheck).map(Recheck::at);
        }
    }

    /** @param recheck empty when only a person can end it */
    record Fault(String reason, Optional<Recheck> recheck) {}

    /** @param gap how long it waited for that */
    record Recheck(Instant at, Duration gap) {

        /** Each time twice as long, an hour at most, unless it began with more. */
        Recheck next(Instant now) {
            Duration twice = gap.multipliedBy(2);
            Duration longest = gap.compareTo(LONGEST_RECHECK) > 0 ? gap : LONGEST_RECHECK;
            Duration wait = twice.compareTo(longest) > 0 ? longest : twice;
            return new Recheck(now.plus(wait), wait);
        }
    }

    private static final Duration LONGEST_RECHECK = Duration.ofHours(1);

    private static final String NO_FAULT =
            "UPDATE ray_account SET paused_for = NULL, recheck_at = NULL, recheck_gap = NULL, recheck_attempt = NULL";

    private static final String SELECT =
            """
            SELECT name, provider, base_url, requests_per_minute, learned_per_minute, learned_until, max_concurrent,
                   learned_concurrent, concurrent_until, max_posting, not_before, paused_for, paused_by_operator,
                   operator_reason, recheck_at, recheck_gap
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

    void learn(Handle handle, String name, LearnedLimits learned) {
        handle.createUpdate(
                        """
                        UPDATE ray_account
                           SET learned_per_minute = :perMinute, learned_until = :until,
                               learned_concurrent = :concurrent, concurrent_until = :concurrentUntil
                         WHERE name = :name""")
                .bind("name", name)
                .bind("perMinute", limit(learned.requestsPerMinute()))
                .bind("until", until(learned.requestsPerMinute()))
                .bind("concurrent", limit(learned.maxConcurrent()))
                .bind("concurrentUntil", until(learned.maxConcurrent()))
                .execute();
    }

    private static Integer limit(Optional<Learned> learned) {
        return learned.map(Learned::limit).orElse(null);
    }

    private static Long until(Optional<Learned> learned) {
        return learned.flatMap(Learned::until).map(Micros::of).orElse(null);
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

    void pauseForFault(Handle handle, String name, Fault fault) {
        handle.createUpdate(
                        """
                        UPDATE ray_account
                           SET paused_for = :reason, recheck_at = :at, recheck_gap = :gap, recheck_attempt = NULL
                         WHERE name = :name""")
                .bind("name", name)
                .bind("reason", Bounded.text(fault.reason()))
                .bind("at", fault.recheck().map(Recheck::at).map(Micros::of).orElse(null))
                .bind("gap", fault.recheck().map(Recheck::gap).map(Micros::of).orElse(null))
                .execute();
    }

    /** This attempt finds out whether the fault has ended; the next one waits longer. */
    void tryAgain(Handle handle, String name, AttemptToken attempt, Recheck next) {
        handle.createUpdate(
                        """
                        UPDATE ray_account SET recheck_at = :at, recheck_gap = :gap, recheck_attempt = :attempt
                         WHERE name = :name""")
                .bind("name", name)
                .bind("at", Micros.of(next.at()))
                .bind("gap", Micros.of(next.gap()))
                .bind("attempt", attempt.value())
                .execute();
    }

    void pauseByOperator(Handle handle, String name, String reason) {
        handle.createUpdate(
                        "UPDATE ray_account SET paused_by_operator = TRUE, operator_reason = :reason WHERE name = :name")
                .bind("name", name)
                .bind("reason", Bounded.text(reason))
                .execute();
    }

    /** @return whether there was a fault */
    boolean endFault(Handle handle, String name) {
        return handle.createUpdate(NO_FAULT + " WHERE name = :name AND paused_for IS NOT NULL")
                        .bind("name", name)
                        .execute()
                == 1;
    }

    /** @return whether there was a fault that this attempt was to find out about */
    boolean endFault(Handle handle, String name, AttemptToken accepted) {
        return handle.createUpdate(NO_FAULT + " WHERE name = :name AND recheck_attempt = :attempt")
                        .bind("name", name)
                        .bind("attempt", accepted.value())
                        .execute()
                == 1;
    }

    void resume(Handle handle, String name) {
        handle.createUpdate(NO_FAULT + ", paused_by_operator = FALSE, operator_reason = NULL WHERE name = :name")
                .bind("name", name)
                .execute();
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
                account.limits(now),
                now,
                running + unknown,
                posting,
                counted.size() + posting,
                counted.oldest().map(oldest -> oldest.plus(window)),
                account.notBefore(),
                account.pausedFor(),
                account.recheckAt());
    }

    private static int count(Handle handle, String sql, String account) {
        return handle.createQuery(sql)
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<String> pausedByOperator(ResultSet row) throws SQLException {
        return row.getBoolean("paused_by_operator") ? Optional.of(row.getString("operator_reason")) : Optional.empty();
    }

    private static Optional<Fault> fault(ResultSet row) throws SQLException {
        String reason = row.getString("paused_for");
        Optional<Instant> at = Micros.optional(row, "recheck_at");
        Duration gap = Duration.of(row.getLong("recheck_gap"), ChronoUnit.MICROS);
        return Optional.ofNullable(reason).map(why -> new Fault(why, at.map(moment -> new Recheck(moment, gap))));
    }

    private static Optional<AccountRow> one(Handle handle, String sql, String name) {
        return handle.createQuery(sql)
                .bind("name", name)
                .map((row, context) -> new AccountRow(
                        new AccountRegistration(
                                row.getString("name"),
                                Labels.provider(row.getString("provider")),
                                row.getString("base_url"),
                                new AccountLimits(
                                        row.getInt("requests_per_minute"),
                                        row.getInt("max_concurrent"),
                                        row.getInt("max_posting"))),
                        new LearnedLimits(
                                learned(row, "learned_per_minute", "learned_until"),
                                learned(row, "learned_concurrent", "concurrent_until")),
                        Micros.optional(row, "not_before"),
                        pausedByOperator(row),
                        fault(row)))
                .findOne();
    }

    private static Optional<Learned> learned(ResultSet row, String limit, String until) throws SQLException {
        int value = row.getInt(limit);
        return row.wasNull() ? Optional.empty() : Optional.of(new Learned(value, Micros.optional(row, until)));
    }
}
