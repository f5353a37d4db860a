package io.camelray.ledger;

import io.camelray.ledger.AccountTable.AccountRow;
import io.camelray.ledger.AccountTable.Fault;
import io.camelray.ledger.AccountTable.Recheck;
import io.camelray.ledger.CampaignTable.CampaignRow;
import io.camelray.ledger.CampaignTable.Turn;
import io.camelray.ledger.LearnedLimits.Learned;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.BindResult;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.ledger.SubmissionLedger.PermitRule;
import io.camelray.model.AttemptToken;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jdbi.v3.core.Handle;

/** Accounts, what is due on them, and making an attempt binding. */
final class Submission {
    /** Luma's sliding window (ray-api §1.1.12). */
    private static final Duration WINDOW = Duration.ofSeconds(60);
    /** After this long Luma forgets a job that it does not report on (ray-api §1.1.12). */
    static final Duration SLOT_OF_UNKNOWN = Duration.ofHours(1);

    /** The first may find another server, or that nothing is counted for this day yet. */
    private static final int LOOKS = 2;

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final DailyBudget daily;
    private final Nodes nodes;
    private final ServerHistory history;

    Submission(LedgerDatabase database, Tables tables, RenderMoves moves, DailyBudget daily, Nodes nodes) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.daily = daily;
        this.nodes = nodes;
        this.history = new ServerHistory(database, tables);
    }

    void registerAccount(AccountRegistration account) {
        database.ensure(
                handle -> tables.accounts().find(handle, account.name()).isPresent(),
                handle -> tables.accounts().insert(handle, account));
        database.change(tx -> {
            AccountRegistration before = lockAccount(tx, account.name()).registered();
            if (!before.baseUrl().equals(account.baseUrl()) || before.provider() != account.provider()) {
                throw new IllegalStateException("Account '" + account.name() + "' belongs to "
                        + before.provider().label() + " at " + before.baseUrl() + " in this ledger, not to "
                        + account.provider().label() + " at " + account.baseUrl()
                        + "; name the account differently, or use another ledger");
            }
            tables.accounts().updateLimits(tx.handle(), account.name(), account.limits());
            return null;
        });
    }

    AccountUse use(String account) {
        return database.change(tx -> use(tx, lockAccount(tx, account)));
    }

    List<AccountUse> all() {
        return database.read(handle -> tables.accounts().names(handle)).stream()
                .map(this::use)
                .toList();
    }

    List<AccountState> states() {
        return database.read(handle -> tables.accounts().names(handle)).stream()
                .map(name -> database.change(tx -> {
                    AccountRow row = lockAccount(tx, name);
                    return new AccountState(row.registered(), row.learned().at(tx.now()), use(tx, row));
                }))
                .toList();
    }

    private AccountUse use(Transaction tx, AccountRow account) {
        return tables.accounts().use(tx.handle(), account, tx.now(), WINDOW, SLOT_OF_UNKNOWN);
    }

    private AccountRow lockAccount(Transaction tx, String account) {
        return tables.accounts().lock(tx.handle(), account).orElseThrow(() -> unregistered(account));
    }

    private static IllegalStateException unregistered(String account) {
        return new IllegalStateException("Account '" + account + "' is not registered in the ledger");
    }

    List<DueRender> due(String account, int limit) {
        return database.read(handle -> {
            long now = Micros.of(database.now(handle));
            PriorityQueue<Turn> queue = new PriorityQueue<>(Comparator.comparingInt(Turn::lane)
                    .thenComparingLong(Turn::vtime)
                    .thenComparingLong(Turn::campaignId));
            queue.addAll(tables.campaigns().turns(handle, account, now, limit));
            Map<Long, Deque<DueRender>> waiting = new HashMap<>();
            List<DueRender> due = new ArrayList<>();
            while (due.size() < limit && !queue.isEmpty()) {
                Turn turn = queue.remove();
                Deque<DueRender> renders = waiting.computeIfAbsent(
                        turn.campaignId(),
                        id -> new ArrayDeque<>(tables.renders().due(handle, turn.revisionId(), account, now, limit)));
                if (!renders.isEmpty()) {
                    due.add(renders.remove());
                    queue.add(turn.taken());
                }
            }
            return chained(handle, due);
        });
    }

    private List<DueRender> chained(Handle handle, List<DueRender> due) {
        Map<RenderId, Map<String, String>> chainIds = tables.parents()
                .chainIds(handle, due.stream().map(DueRender::id).toList());
        return due.stream()
                .map(render -> chainIds.containsKey(render.id())
                        ? new DueRender(
                                render.id(),
                                render.campaign(),
                                render.label(),
                                render.provider(),
                                render.account(),
                                render.request(),
                                chainIds.get(render.id()),
                                render.attempts(),
                                render.technicalRetries())
                        : render)
                .toList();
    }

    Optional<Instant> nextDue(String account) {
        return database.read(handle -> tables.renders().nextDue(handle, account, Micros.of(database.now(handle))));
    }

    BindResult bind(AttemptIntent intent, PermitRule rule) {
        history.begin();
        for (int looks = 0; looks < LOOKS; looks++) {
            Optional<BindResult> bound = database.changeOnDisk(
                    tx -> history.isKnown(tx) ? bind(tx, intent, rule) : Optional.<BindResult>empty());
            if (bound.isPresent()) {
                return bound.get();
            }
            history.look();
            tables.days().ensure(database, database.read(handle -> daily.dayOf(database.now(handle))));
        }
        Instant again = database.read(database::now).plus(NodeLedger.HEARTBEAT);
        return new BindResult.NoRoom(new Permit.Wait(again, "the ledger's server has changed"));
    }

    /** @return empty if it is the first of its day, for which nothing is counted yet */
    private Optional<BindResult> bind(Transaction tx, AttemptIntent intent, PermitRule rule) {
        String name = tables.renders()
                .owner(tx.handle(), intent.render())
                .orElseThrow(() -> new IllegalArgumentException("There is no render " + intent.render()))
                .account();
        AccountRow account = lockAccount(tx, name);
        Locked locked = moves.lock(tx, intent.render());
        RenderRow render = locked.render();
        CampaignRow campaign = locked.campaign();
        if (!nodes.lives(tx)) {
            return Optional.of(new BindResult.NoRoom(
                    new Permit.Wait(tx.now().plus(NodeLedger.HEARTBEAT), "this node was silent and is to join anew")));
        }
        if (!render.isDue(tx.now()) || !campaign.isCurrent(render.revisionId())) {
            return Optional.of(new BindResult.NotDue());
        }
        if (rule.decide(use(tx, account)) instanceof Permit.Wait wait) {
            return Optional.of(new BindResult.NoRoom(wait));
        }
        if (campaign.isStopped()) {
            return Optional.of(
                    hold(tx, locked, HoldReason.STOP_LOSS, campaign.failuresInRow() + " jobs in a row failed"));
        }
        Money price = render.price().upperBound();
        if (price.compareTo(campaign.left()) > 0) {
            String why = "the campaign's budget of " + campaign.budget() + " has " + campaign.left()
                    + " left, this render may cost " + price;
            BindResult held = hold(tx, locked, HoldReason.BUDGET, why);
            moves.holdRest(tx, campaign, HoldReason.BUDGET, campaign.left(), why);
            return Optional.of(held);
        }
        LocalDate day = daily.dayOf(tx.now());
        Optional<Money> used = tables.days().lockUsed(tx.handle(), day);
        if (used.isEmpty()) {
            return Optional.empty();
        }
        Money left = daily.cap().minus(used.get());
        if (price.compareTo(left) > 0) {
            return Optional.of(new BindResult.DaySpent(new Permit.Wait(
                    daily.nextDay(tx.now()),
                    "the day's budget of " + daily.cap() + " has " + left + " left, this render may cost " + price)));
        }
        account.fault().flatMap(Fault::recheck).ifPresent(recheck -> tables.accounts()
                .tryAgain(tx.handle(), name, intent.token(), recheck.next(tx.now())));
        return Optional.of(reserve(tx, locked, intent, day));
    }

    private BindResult hold(Transaction tx, Locked locked, HoldReason reason, String why) {
        moves.move(tx, locked.render(), RenderState.HELD, Details.held(reason, why), why);
        return new BindResult.Held(reason);
    }

    private BindResult reserve(Transaction tx, Locked locked, AttemptIntent intent, LocalDate day) {
        RenderRow render = locked.render();
        MoneyChange reserve = MoneyChange.reserve(render.price().upperBound().micros());
        tables.campaigns().addMoney(tx.handle(), render.campaignId(), reserve);
        tables.days().addMoney(tx.handle(), day.toString(), reserve);
        int number = tables.attempts().lastNumber(tx.handle(), render.id()) + 1;
        Instant deadline = tx.now().plus(intent.timeLimit());
        tables.attempts().insert(tx, render, intent, number, deadline, day);
        tables.renders().setAttempt(tx.handle(), render.id(), intent.token(), nodes.epoch());
        tables.campaigns().takeTurn(tx.handle(), render.campaignId());
        moves.move(
                tx,
                tables.renders().get(tx.handle(), render.id()),
                RenderState.SUBMITTING,
                Details.NONE,
                "attempt " + number);
        return new BindResult.Bound(number, deadline);
    }

    boolean isBound(String account, AttemptToken token) {
        return database.change(tx -> {
            lockAccount(tx, account);
            return tables.attempts().find(tx.handle(), token).isPresent();
        });
    }

    void learnRequestsPerMinute(String account, int requestsPerMinute, Optional<Duration> holds) {
        if (requestsPerMinute < 1) {
            throw new IllegalArgumentException("A rate is at least 1 request a minute, not " + requestsPerMinute);
        }
        database.change(tx -> {
            AccountRow row = lockAccount(tx, account);
            boolean news = row.limits(tx.now()).requestsPerMinute() != requestsPerMinute;
            boolean passing = row.learned()
                    .at(tx.now())
                    .requestsPerMinute()
                    .flatMap(Learned::until)
                    .isPresent();
            if (news || passing) {
                Learned learned = new Learned(requestsPerMinute, holds.map(tx.now()::plus));
                tables.accounts()
                        .learn(
                                tx.handle(),
                                account,
                                new LearnedLimits(
                                        Optional.of(learned), row.learned().maxConcurrent()));
            }
            if (news) {
                tables.events().account(tx, "rate-learned", account, requestsPerMinute + " requests a minute");
                tx.announce(Change.DUE);
            }
            return null;
        });
    }

    /** Under the account's lock, so that what runs beside the refused job is counted exactly. */
    void learnConcurrency(String account, Duration holds) {
        database.change(tx -> {
            AccountRow row = lockAccount(tx, account);
            AccountUse use = use(tx, row);
            int ran = Math.max(1, use.active() - 1);
            int limit = Math.min(ran, use.limits().maxConcurrent());
            tables.accounts()
                    .learn(
                            tx.handle(),
                            account,
                            new LearnedLimits(
                                    row.learned().requestsPerMinute(),
                                    Optional.of(new Learned(
                                            limit, Optional.of(tx.now().plus(holds))))));
            if (limit != use.limits().maxConcurrent()) {
                tables.events().account(tx, "concurrency-learned", account, limit + " jobs at once");
            }
            return null;
        });
    }

    void coolDown(String account, Duration delay, String reason) {
        database.change(tx -> {
            lockAccount(tx, account);
            if (tables.accounts().coolDown(tx.handle(), account, tx.now().plus(delay))) {
                tables.events().account(tx, "cool-down", account, reason);
            }
            return null;
        });
    }

    boolean fault(String account, String reason) {
        return database.change(tx -> fault(tx, account, reason, Optional.empty()));
    }

    /**
     * Every render and every poll says it again; once is news. What only a person can end replaces what may end by itself.
     *
     * @param recheck after how long the account may try again by itself
     * @return whether it is news
     */
    boolean fault(Transaction tx, String account, String reason, Optional<Duration> recheck) {
        boolean known = lockAccount(tx, account)
                .fault()
                .filter(before -> recheck.isPresent() || before.recheck().isEmpty())
                .isPresent();
        if (!known) {
            Optional<Recheck> next = recheck.map(gap -> new Recheck(tx.now().plus(gap), gap));
            tables.accounts().pauseForFault(tx.handle(), account, new Fault(reason, next));
            tables.events().account(tx, "paused", account, reason);
        }
        return !known;
    }

    void mended(String account) {
        database.change(tx -> {
            lockAccount(tx, account);
            if (tables.accounts().endFault(tx.handle(), account)) {
                tables.events().account(tx, "resumed", account, "it may have been mended");
                tx.announce(Change.DUE);
            }
            return null;
        });
    }
}
