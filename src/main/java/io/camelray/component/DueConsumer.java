package io.camelray.component;

import io.camelray.engine.Account;
import io.camelray.engine.Engine;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.RenderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers renders that are due while a permit looks free. Nothing is leased: binding decides who gets it. */
final class DueConsumer extends LedgerConsumer<DueRender> {

    private static final Logger LOG = LoggerFactory.getLogger(DueConsumer.class);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    /** What is between an offer and its end, with its account. */
    private final Map<RenderId, String> inRoute = new ConcurrentHashMap<>();

    private final AtomicBoolean trouble = new AtomicBoolean();
    private volatile Duration patience = super.patience();
    private int turn;

    DueConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.DUE);
    }

    @Override
    List<DueRender> claim(Ledger ledger, int limit) throws InterruptedException {
        if (trouble.getAndSet(false)) {
            rest(AFTER_TROUBLE);
        }
        List<DueRender> offered = new ArrayList<>();
        patience = super.patience();
        if (works().spoolGate().isFull()) {
            return offered;
        }
        for (Account account : inTurn()) {
            Engine.Outlook outlook = works().engine().outlook(account);
            int under = Collections.frequency(inRoute.values(), account.name());
            int room = Math.min(limit - offered.size(), outlook.room() - under);
            if (room > 0) {
                ledger.due(account.name(), room + under).stream()
                        .filter(render -> !inRoute.containsKey(render.id()))
                        .limit(room)
                        .forEach(offered::add);
            } else if (outlook.room() == 0 && outlook.pause().compareTo(patience) < 0) {
                patience = outlook.pause();
            }
        }
        offered.forEach(render -> inRoute.put(render.id(), render.account()));
        return offered;
    }

    /** Each time another account comes first, so that none takes all places for good. */
    private List<Account> inTurn() {
        List<Account> accounts = new ArrayList<>(works().engine().accounts().all());
        Collections.rotate(accounts, turn++);
        return accounts;
    }

    @Override
    Duration patience() {
        return patience;
    }

    @Override
    void fill(DueRender render, Exchange exchange) {
        exchange.getMessage().setBody(render);
        exchange.getMessage().setHeader(RayConstants.RENDER_ID, render.id().toString());
        exchange.getMessage().setHeader(RayConstants.CAMPAIGN, render.campaign());
        exchange.getMessage().setHeader(RayConstants.ACCOUNT, render.account());
    }

    @Override
    void settle(DueRender render, Exchange exchange) {
        inRoute.remove(render.id());
        if (exchange.getException() != null) {
            trouble.set(true);
        }
        if (exchange.getException() != null && !LedgerAbsence.explains(exchange.getException())) {
            LOG.error(
                    "Submitting render {} of {} ended with a failure, it keeps its place: {}",
                    render.id(),
                    render.campaign(),
                    exchange.getException().getMessage());
        }
    }
}
