package io.camelray.cli;

import io.camelray.engine.Eta;
import io.camelray.engine.Eta.Load;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import io.camelray.model.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How long what goes on by itself will take, from how long such renders took: an estimate that is on the safe side. */
final class TimeLeft {

    /** Reading more than this to make a guess would slow down the work. */
    private static final int LOOKED_AT = 5_000;

    private final Ledger ledger;

    TimeLeft(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Prompts and images do not change how long it takes. */
    private record Kind(
            String account,
            String step,
            Operation operation,
            Resolution resolution,
            ClipLength length,
            DynamicRange range) {
        static Kind of(RenderRecord render) {
            RenderRequest request = render.request();
            return new Kind(
                    render.account(),
                    render.step(),
                    request.operation(),
                    request.resolution(),
                    request.length(),
                    request.dynamicRange());
        }
    }

    /** Empty when nothing goes on, or too much to look at. */
    Optional<Duration> of(List<CampaignStatus> campaigns) {
        long open = campaigns.stream().mapToLong(TimeLeft::open).sum();
        long all = campaigns.stream().mapToLong(CampaignStatus::total).sum();
        if (open == 0 || all > LOOKED_AT) {
            return Optional.empty();
        }
        Map<Kind, Long> counts = new HashMap<>();
        Map<Kind, RenderRequest> likes = new HashMap<>();
        campaigns.stream()
                .filter(status -> open(status) > 0)
                .forEach(status -> ledger.renders(status.campaign(), render -> {
                    if (goesOn(render)) {
                        counts.merge(Kind.of(render), 1L, Long::sum);
                        likes.putIfAbsent(Kind.of(render), render.request());
                    }
                }));
        Map<String, List<Load>> loads = new HashMap<>();
        counts.forEach((kind, renders) -> loads.computeIfAbsent(kind.account(), account -> new ArrayList<>())
                .add(new Load(kind.step(), likes.get(kind), renders, Set.of())));
        Eta eta = new Eta(ledger::pastRenderTimes);
        return loads.entrySet().stream()
                .map(entry ->
                        eta.of(entry.getValue(), ledger.use(entry.getKey()).limits()))
                .max(Duration::compareTo);
    }

    private static boolean goesOn(RenderRecord render) {
        return render.state() == RenderState.PLANNED
                || render.state() == RenderState.SUBMITTING
                || render.state() == RenderState.RENDERING;
    }

    private static long open(CampaignStatus status) {
        return status.countWithDrafts(RenderState.PLANNED)
                + status.countWithDrafts(RenderState.SUBMITTING)
                + status.countWithDrafts(RenderState.RENDERING);
    }
}
