package io.camelray.ledger;

import io.camelray.ledger.EventLedger.LedgerEvent;
import io.camelray.ledger.Ledger.Change;
import io.camelray.model.RenderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Leases of events to whoever hands them over. */
final class Events {
    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderReader reader;
    private final Nodes nodes;
    private final InHand<Long> inHand;

    Events(LedgerDatabase database, Tables tables, RenderReader reader, Nodes nodes, InHand<Long> inHand) {
        this.database = database;
        this.tables = tables;
        this.reader = reader;
        this.nodes = nodes;
        this.inHand = inHand;
    }

    void open() {
        database.change(tx -> {
            tables.events().queue().open(tx.handle());
            return null;
        });
    }

    int close() {
        return database.change(tx -> tables.events().queue().close(tx.handle()));
    }

    List<LedgerEvent> claim(int limit, Duration lease) {
        return inHand.claim(() -> lease(limit, lease), event -> List.of(event.id()));
    }

    private List<LedgerEvent> lease(int limit, Duration lease) {
        return database.change(tx -> {
            EventQueue queue = tables.events().queue();
            long until = Micros.of(tx.now().plus(lease));
            List<Long> claimed = queue.oldestFree(tx.handle(), tx.nowMicros(), limit).stream()
                    .filter(event -> queue.lease(tx.handle(), event, nodes.epoch(), tx.nowMicros(), until))
                    .toList();
            List<EventTable.EventRow> rows = tables.events().get(tx.handle(), claimed);
            List<RenderId> ids = rows.stream()
                    .map(row -> row.render().orElse(null))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            Map<RenderId, RenderRecord> renders = reader.renders(tx.handle(), ids).stream()
                    .collect(Collectors.toMap(RenderRecord::id, Function.identity()));
            return rows.stream()
                    .map(row -> row.event(row.render().flatMap(id -> Optional.ofNullable(renders.get(id)))))
                    .toList();
        });
    }

    void settle(long event) {
        InHand<Long>.Grip grip = inHand.grip(event);
        database.change(tx -> {
            tables.events().queue().delete(tx.handle(), event, nodes.epoch());
            return null;
        });
        grip.letGo();
    }

    void release(long event, Duration delay) {
        InHand<Long>.Grip grip = inHand.grip(event);
        database.change(tx -> {
            tables.events()
                    .queue()
                    .release(
                            tx.handle(),
                            event,
                            nodes.epoch(),
                            Micros.of(tx.now().plus(delay)));
            tx.announce(Change.EVENT);
            return null;
        });
        grip.letGo();
    }
}
