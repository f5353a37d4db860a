package io.camelray.ledger;

import io.camelray.ledger.AttemptTable.AttemptRow;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.Failure;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the provider says about its jobs. */
final class Polling {
    private static final int SOME = 500;

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final Children children;
    private final Submission submission;
    private final Nodes nodes;

    Polling(LedgerDatabase database, Tables tables, RenderMoves moves, Submission submission, Nodes nodes) {
        this.submission = submission;
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.children = new Children(tables);
        this.nodes = nodes;
    }

    List<RenderingRender> rendering(Optional<RenderId> after, int limit) {
        long from = after.map(RenderId::value).orElse(0L);
        return database.read(handle -> tables.inFlight().rendering(handle, nodes.epoch(), from, limit));
    }

    /** Makes renders that nobody living polls this node's. @return how many */
    int takeUnwatched(Collection<String> accounts) {
        if (accounts.isEmpty()) {
            return 0;
        }
        int taken = 0;
        List<RenderId> some;
        do {
            some = database.read(handle -> tables.inFlight().unwatched(handle, accounts, SOME));
            List<RenderId> free = some;
            if (!free.isEmpty()) {
                taken += database.change(tx -> {
                    int ours = tables.inFlight().take(tx.handle(), free, nodes.epoch());
                    if (ours > 0) {
                        tx.announce(Change.RENDERING);
                    }
                    return ours;
                });
            }
        } while (some.size() == SOME);
        return taken;
    }

    boolean rendered(RenderId render, ProviderJobId job, Optional<String> chainId, List<FoundOutput> outputs) {
        return database.change(tx -> {
            Locked locked = moves.lockWithAccount(tx, render);
            Optional<AttemptRow> attempt = renderingJob(tx, locked, job);
            if (attempt.isEmpty()) {
                return false;
            }
            moves.settle(
                    tx, attempt.get(), Stake.CONFIRMED, locked.render().price().expected());
            moves.countSuccess(tx, locked.campaign());
            attempt.get().acceptedAt().ifPresent(accepted -> tables.times()
                    .insert(tx.handle(), locked.render().shape(), Duration.between(accepted, tx.now())));
            chainId.ifPresent(chain -> tables.renders().setChain(tx.handle(), render, chain));
            boolean delivers = tables.outputs().hasAny(tx.handle(), render);
            if (delivers) {
                tables.outputs().found(tx.handle(), render, outputs);
                tables.waiting().insert(tx.handle(), Queue.DELIVERY, render, expiry(tx, render), tx.nowMicros());
            }
            moves.move(tx, locked.render(), RenderState.RENDERED, Details.NONE, "job " + job + " completed");
            if (!delivers) {
                RenderRow rendered = tables.renders().get(tx.handle(), render);
                moves.move(tx, rendered, RenderState.DELIVERED, Details.NONE, "nothing of it is to be delivered");
            }
            children.parentCompleted(tx, locked.render(), chainId.isPresent());
            return true;
        });
    }

    boolean jobFailed(
            RenderId render, ProviderJobId job, Failure failure, boolean charged, Optional<Duration> retryAfter) {
        return database.change(tx -> {
            Locked locked = moves.lockWithAccount(tx, render);
            Optional<AttemptRow> attempt = renderingJob(tx, locked, job);
            if (attempt.isEmpty()) {
                return false;
            }
            settleFailed(tx, attempt.get(), locked, charged);
            if (retryAfter.isPresent()) {
                moves.planAgain(tx, locked, retryAfter.get(), failure.kind().label() + ": " + failure.reason());
            } else {
                moves.fail(tx, locked.render(), failure);
            }
            moves.countFailure(tx, locked.campaign());
            return true;
        });
    }

    List<RenderingRender> cancelRequested(int limit) {
        return database.read(handle -> tables.inFlight().cancelRequested(handle, nodes.epoch(), limit));
    }

    boolean jobCancelled(RenderId render, ProviderJobId job, Failure failure, boolean charged) {
        return database.change(tx -> {
            Locked locked = moves.lockWithAccount(tx, render);
            Optional<AttemptRow> attempt = renderingJob(tx, locked, job);
            if (attempt.isEmpty()) {
                return false;
            }
            settleFailed(tx, attempt.get(), locked, charged);
            if (locked.render().cancelRequested()) {
                String why = RenderMoves.CANCELLED + ", and the provider did: " + failure.reason();
                moves.move(tx, locked.render(), RenderState.CANCELLED, Details.noted(why), why);
            } else {
                moves.fail(tx, locked.render(), failure);
                moves.countFailure(tx, locked.campaign());
            }
            return true;
        });
    }

    boolean jobReturned(RenderId render, ProviderJobId job, String reason) {
        return database.change(tx -> {
            Locked locked = moves.lockWithAccount(tx, render);
            Optional<AttemptRow> attempt = renderingJob(tx, locked, job);
            if (attempt.isEmpty()) {
                return false;
            }
            submission.fault(tx, locked.render().account(), reason, Optional.empty());
            moves.settle(tx, attempt.get(), Stake.RELEASED, Money.ZERO);
            moves.planAgain(tx, locked, Duration.ZERO, reason);
            return true;
        });
    }

    private void settleFailed(Transaction tx, AttemptRow attempt, Locked locked, boolean charged) {
        moves.settle(
                tx,
                attempt,
                charged ? Stake.CONFIRMED : Stake.RELEASED,
                locked.render().price().expected());
    }

    private Optional<AttemptRow> renderingJob(Transaction tx, Locked locked, ProviderJobId job) {
        if (locked.render().state() != RenderState.RENDERING || locked.render().epoch() != nodes.epoch()) {
            return Optional.empty();
        }
        return locked.render()
                .attempt()
                .flatMap(token -> tables.attempts().find(tx.handle(), token))
                .filter(attempt -> attempt.job().filter(job::equals).isPresent());
    }

    void freshUrls(RenderId render, List<FoundOutput> outputs) {
        database.change(tx -> {
            Locked locked = moves.lock(tx, render);
            if (locked.render().state() == RenderState.RENDERED
                    && !tables.waiting().isAnothers(tx.handle(), Queue.DELIVERY, render, nodes.epoch())) {
                tables.outputs().found(tx.handle(), render, outputs);
                tables.waiting().reorder(tx.handle(), Queue.DELIVERY, render, expiry(tx, render));
            }
            return null;
        });
    }

    /** When the first URL of what is not yet stored dies. An output that was not found has none: it is most urgent. */
    private long expiry(Transaction tx, RenderId render) {
        return tables.outputs().of(tx.handle(), render).stream()
                .filter(OutputTable.OutputRow::awaitsDelivery)
                .map(output -> output.diesAt(tx.now()))
                .min(Instant::compareTo)
                .map(Micros::of)
                .orElse(tx.nowMicros());
    }

    List<Duration> pastRenderTimes(RenderRequest like, int limit) {
        return database.read(handle -> tables.times().latest(handle, RequestJson.shape(like), limit));
    }
}
