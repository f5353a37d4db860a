package io.camelray.ledger;

import io.camelray.ledger.ReconciliationLedger.UnknownAttempt;
import io.camelray.model.AttemptToken;
import io.camelray.model.ProviderJobId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Looks for attempts whose outcome nobody knows. */
final class UnknownAttempts {

    private final LedgerDatabase database;

    UnknownAttempts(LedgerDatabase database) {
        this.database = database;
    }

    List<UnknownAttempt> of(String account, int limit) {
        return database.read(handle -> handle.createQuery(
                        """
                        SELECT a.token, r.request, a.wire_body, a.wire_hash, a.bound_at, a.deadline_at, a.replied_at
                          FROM ray_attempt a JOIN ray_render r ON r.attempt = a.token AND r.id = a.render_id
                         WHERE a.account = :account AND a.verdict = 'unknown' AND r.state = 'unknown'
                         ORDER BY a.replied_at, a.token FETCH FIRST :limit ROWS ONLY""")
                .bind("account", account)
                .bind("limit", limit)
                .map((row, context) -> {
                    Instant deadline = Micros.instant(row, "deadline_at");
                    Instant doubted = Micros.optional(row, "replied_at").orElse(deadline);
                    Instant later = doubted.isAfter(deadline) ? doubted : deadline;
                    return new UnknownAttempt(
                            new AttemptToken(row.getObject("token", UUID.class)),
                            RequestJson.read(row.getString("request")),
                            row.getBytes("wire_body"),
                            row.getString("wire_hash"),
                            Micros.instant(row, "bound_at"),
                            later.plus(Resolving.SAFELY_OVER));
                })
                .list());
    }

    Set<ProviderJobId> unclaimed(String account, Collection<ProviderJobId> jobs) {
        if (jobs.isEmpty()) {
            return Set.of();
        }
        Set<ProviderJobId> claimed = database.read(handle -> handle
                .createQuery("SELECT job FROM ray_attempt WHERE account = :account AND job IN (<jobs>)")
                .bind("account", account)
                .bindList("jobs", jobs.stream().map(ProviderJobId::value).toList())
                .mapTo(String.class)
                .stream()
                .map(ProviderJobId::new)
                .collect(Collectors.toSet()));
        return jobs.stream().filter(job -> !claimed.contains(job)).collect(Collectors.toSet());
    }

    boolean isPosting(String account, String wireHash) {
        return database.read(handle -> handle.createQuery(
                                """
                        SELECT COUNT(*) FROM ray_attempt
                         WHERE account = :account AND verdict = 'posting' AND wire_hash = :hash""")
                        .bind("account", account)
                        .bind("hash", wireHash)
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }
}
