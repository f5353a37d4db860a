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
import io.camelray.web.TimeGuess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long what goes on by itself will take, from how long such renders took: an estimate that is on the safe side. Each
 * campaign shares its accounts with the others, and nobody knows whose renders come first: what the account has to do
 * for them counts as well.
 */
final class TimeLeft implements TimeGuess {

    /** Reading more than this to make a guess would slow down the work. */
    private static final int LOOKED_AT = 5_000;

    private final Ledger ledger;

    TimeLeft(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Prompts and images do not change how long it takes. */
    private record Kind(
            String campaign,
            String account,
            String step,
            Operation operation,
            Resolution resolution,
            ClipLength length,
            DynamicRange range) {
        static Kind of(RenderRecord render) {
            RenderRequest request = render.request();
            return new Kind(
                    render.campaign(),
                    render.account(),
                    render.step(),
                    request.operation(),
                    request.resolution(),
                    request.length(),
                    request.dynamicRange());
        }
    }

    /** Of all these together. Empty when nothing goes on, or too much to look at. */
    Optional<Duration> of(List<CampaignStatus> campaigns) {
        return byAccount(campaigns).values().stream().max(Duration::compareTo);
    }

    @Override
    public Map<String, Duration> left(List<CampaignStatus> campaigns) {
        Map<String, Duration> left = new LinkedHashMap<>();
        if (campaigns.stream().allMatch(status -> open(status) == 0)) {
            return left;
        }
        Map<Kind, Load> loads = loads(ledger.campaigns());
        Map<String, Duration> accounts = byAccount(loads);
        campaigns.forEach(status -> loads.keySet().stream()
                .filter(kind -> kind.campaign().equals(status.campaign()))
                .map(kind -> accounts.get(kind.account()))
                .max(Duration::compareTo)
                .ifPresent(time -> left.put(status.campaign(), time)));
        return left;
    }

    private Map<String, Duration> byAccount(List<CampaignStatus> campaigns) {
        return byAccount(loads(campaigns));
    }

    private Map<String, Duration> byAccount(Map<Kind, Load> loads) {
        Map<String, List<Load>> ofAccounts = new HashMap<>();
        loads.forEach((kind, load) -> ofAccounts
                .computeIfAbsent(kind.account(), account -> new ArrayList<>())
                .add(load));
        Eta eta = new Eta(ledger::pastRenderTimes);
        Map<String, Duration> times = new HashMap<>();
        ofAccounts.forEach((account, work) ->
                times.put(account, eta.of(work, ledger.use(account).limits())));
        return times;
    }

    private Map<Kind, Load> loads(List<CampaignStatus> campaigns) {
        List<CampaignStatus> open =
                campaigns.stream().filter(status -> open(status) > 0).toList();
        if (open.stream().mapToLong(CampaignStatus::total).sum() > LOOKED_AT) {
            return Map.of();
        }
        Map<Kind, Load> loads = new LinkedHashMap<>();
        open.forEach(status -> ledger.renders(status.campaign(), render -> {
            if (goesOn(render)) {
                loads.merge(
                        Kind.of(render),
                        new Load(render.step(), render.request(), 1, Set.of()),
                        (known, one) -> new Load(known.step(), known.like(), known.renders() + 1, known.after()));
            }
        }));
        return loads;
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

    /** In words: hours and minutes, minutes, or seconds. */
    static String words(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : Math.max(1, time.toSeconds()) + " s";
    }
}
