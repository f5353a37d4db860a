package io.camelray.ledger;

import io.camelray.ledger.AttemptTable.AttemptRow;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.PollingLedger.RenderingRender;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.RenderTable.RenderRow;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.Failure;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the provider says about its jobs. */
final class Polling {
    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final Children children;

    Polling(LedgerDatabase database, Tables tables, RenderMoves moves) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.children = new Children(tables);
    }

    List<RenderingRender> rendering(Optional<RenderId> after, int limit) {
        long from = after.map(RenderId::value).orElse(0L);
        return database.read(handle -> tables.renders().rendering(handle, from, limit));
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
            moves.settle(
                    tx,
                    attempt.get(),
                    charged ? Stake.CONFIRMED : Stake.RELEASED,
                    locked.render().price().expected());
            if (retryAfter.isPresent()) {
                moves.planAgain(tx, locked, retryAfter.get(), failure.kind().label() + ": " + failure.reason());
            } else {
                moves.fail(tx, locked.render(), failure);
            }
            moves.countFailure(tx, locked.campaign());
            return true;
        });
    }

    private Optional<AttemptRow> renderingJob(Transaction tx, Locked locked, ProviderJobId job) {
        if (locked.render().state() != RenderState.RENDERING) {
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
            if (locked.render().state() == RenderState.RENDERED) {
                tables.outputs().found(tx.handle(), render, outputs);
                tables.waiting().reorder(tx.handle(), Queue.DELIVERY, render, expiry(tx, render));
            }
            return null;
        });
    }

    /** When the first URL of what is not yet stored dies. An output that was not found has none: it is most urgent. */
    private long expiry(Transaction tx, RenderId render) {
        return tables.outputs().of(tx.handle(), render).stream()
                .filter(output -> !output.isStored())
                .map(output -> output.expiresAt().orElse(tx.now()))
                .min(Instant::compareTo)
                .map(Micros::of)
                .orElse(tx.nowMicros());
    }

    List<Duration> pastRenderTimes(RenderRequest like, int limit) {
        return database.read(handle -> tables.times().latest(handle, RequestJson.shape(like), limit));
    }
}
