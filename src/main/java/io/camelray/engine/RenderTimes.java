package io.camelray.engine;

import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.PollingLedger;
import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was learned about how long renders take, by kind. Thread-safe. */
final class RenderTimes {

    private static final int SAMPLES = 50;

    private final PollingLedger ledger;
    private final Map<Kind, RenderTime> known = new ConcurrentHashMap<>();

    RenderTimes(PollingLedger ledger) {
        this.ledger = ledger;
    }

    /** While the ledger is away, what is known of others of its kind must do: a render must not go unwatched for it. */
    RenderTime of(RenderRequest request) {
        try {
            return known.computeIfAbsent(
                    Kind.of(request),
                    kind -> RenderTime.learned(ledger.pastRenderTimes(request, SAMPLES), RenderTime.prior(request)));
        } catch (LedgerUnavailableException e) {
            return RenderTime.learned(List.of(), RenderTime.prior(request));
        }
    }

    /** One more of this kind completed: look again. */
    void completed(RenderRequest request) {
        known.remove(Kind.of(request));
    }

    private record Kind(Operation operation, Resolution resolution, ClipLength length, DynamicRange range) {
        static Kind of(RenderRequest request) {
            return new Kind(request.operation(), request.resolution(), request.length(), request.dynamicRange());
        }
    }
}
