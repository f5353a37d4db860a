package io.camelray.component;

import io.camelray.engine.Account;
import io.camelray.engine.Eta;
import io.camelray.intake.Estimator;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.WorkLeft;
import io.camelray.model.ProviderName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Estimates by the accounts' limits, by what the ledger has learned, and by what is to be done already. */
final class RenderEstimator implements Estimator {

    private static final String ALREADY = " what is to be done already";

    private final List<Account> accounts;
    private final Optional<Ledger> ledger;
    private final Clock clock;

    /** @param ledger empty where only configured limits and the providers' own figures are known */
    RenderEstimator(List<Account> accounts, Optional<Ledger> ledger, Clock clock) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Duration estimate(ProviderName provider, String account, List<Work> work) {
        Eta eta = new Eta((like, limit) ->
                ledger.map(known -> known.pastRenderTimes(like, limit)).orElse(List.of()));
        List<Eta.Load> loads = new ArrayList<>(work.stream()
                .map(one -> new Eta.Load(one.step(), one.like(), one.renders(), one.after()))
                .toList());
        if (!work.isEmpty()) {
            // Nothing says what it is; as much of what is asked for here comes close enough.
            ledger.map(RenderEstimator::already)
                    .ifPresent(renders ->
                            loads.add(new Eta.Load(ALREADY, work.get(0).like(), renders, Set.of())));
        }
        return eta.of(loads, limits(account));
    }

    private static long already(Ledger ledger) {
        WorkLeft left = ledger.workLeft();
        return (long) left.due() + left.dueLater() + left.waitingForParents() + left.submitting() + left.rendering();
    }

    private AccountLimits limits(String name) {
        return accounts.stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .map(account -> ledger.map(known -> known.use(name).limits()).orElse(account.limits()))
                .orElse(AccountLimits.DEFAULT);
    }
}
