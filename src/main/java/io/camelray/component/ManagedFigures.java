package io.camelray.component;

import io.camelray.ledger.AccountUse;
import io.camelray.ledger.Ledger;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What JMX shows of the ledger, in words: asked for rarely, and read each time. No prompt, no address, no id of a job. */
final class ManagedFigures {

    private ManagedFigures() {}

    /** Such as {@code delivered=2, failed=1}; states without renders are left out. */
    static String rendersByState(Ledger ledger) {
        Map<RenderState, Integer> all = new EnumMap<>(RenderState.class);
        ledger.figures()
                .renders()
                .values()
                .forEach(states -> states.forEach((state, count) -> all.merge(state, count, Integer::sum)));
        return all.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey().label() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Such as {@code luma: no credit}. */
    static String pausedAccounts(Ledger ledger) {
        return ledger.accounts().stream()
                .flatMap(use -> use.pausedFor().map(why -> use.account() + ": " + why).stream())
                .collect(Collectors.joining("; "));
    }

    /** Of all accounts; that of one which is paused is when it would be due. */
    static String nextDue(Ledger ledger) {
        return ledger.accounts().stream()
                .map(AccountUse::account)
                .map(ledger::nextDue)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .map(Instant::toString)
                .orElse("");
    }

    /** @param zone where the budget's day begins at midnight */
    static String reservedToday(Ledger ledger, ZoneId zone) {
        Instant now = ledger.figures().at();
        return ledger.reservedOn(now.atZone(zone).toLocalDate()).toDollars().toPlainString();
    }
}
