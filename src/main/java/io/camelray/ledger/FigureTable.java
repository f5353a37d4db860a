package io.camelray.ledger;

import io.camelray.ledger.FiguresLedger.LedgerFigures;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Counts and sums over several tables, for those who watch. */
final class FigureTable {

    /** The three sums of money over all campaigns. */
    record Sums(Money reserved, Money confirmed, Money atRisk) {}

    static LedgerFigures read(LedgerDatabase database, List<AccountUse> uses) {
        return database.read(handle -> {
            FigureTable table = new FigureTable();
            Sums money = table.money(handle);
            return new LedgerFigures(
                    database.now(handle),
                    table.renders(handle),
                    uses.stream().map(AccountUse::account).collect(Collectors.toUnmodifiableSet()),
                    uses.stream()
                            .filter(use -> use.pausedFor().isPresent())
                            .map(AccountUse::account)
                            .collect(Collectors.toUnmodifiableSet()),
                    money.reserved(),
                    money.confirmed(),
                    money.atRisk(),
                    table.firstExpiry(handle),
                    new WaitingTable().count(handle, WaitingTable.Queue.DELIVERY));
        });
    }

    /** By account and state, without the drafts of plans that are not accepted. */
    Map<String, Map<RenderState, Integer>> renders(Handle handle) {
        Map<String, Map<RenderState, Integer>> counts = new TreeMap<>();
        handle.createQuery(
                        """
                        SELECT account, state, COUNT(*) AS renders FROM ray_render
                         WHERE revision_id IN (SELECT id FROM ray_revision WHERE state = 'accepted')
                         GROUP BY account, state""")
                .map((row, context) -> counts.computeIfAbsent(
                                row.getString("account"), account -> new EnumMap<>(RenderState.class))
                        .put(Labels.state(row.getString("state")), row.getInt("renders")))
                .list();
        return counts;
    }

    Sums money(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT COALESCE(SUM(reserved), 0) AS reserved, COALESCE(SUM(confirmed), 0) AS confirmed,
                               COALESCE(SUM(at_risk), 0) AS at_risk
                          FROM ray_campaign""")
                .map((row, context) -> new Sums(
                        new Money(row.getLong("reserved")),
                        new Money(row.getLong("confirmed")),
                        new Money(row.getLong("at_risk"))))
                .one();
    }

    /** Of outputs that are nowhere but at the provider. */
    Optional<Instant> firstExpiry(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT MIN(o.expires_at) AS first_expiry FROM ray_waiting w
                          JOIN ray_output o ON o.render_id = w.render_id
                         WHERE w.queue = 'delivery' AND o.spool_file IS NULL AND o.stored_at IS NULL
                           AND o.missing = '' AND o.asked = TRUE""")
                .map((row, context) -> Micros.optional(row, "first_expiry"))
                .one();
    }
}
