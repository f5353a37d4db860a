package io.camelray.ledger;

import io.camelray.ledger.AttemptTable.AttemptRow;
import io.camelray.ledger.AttemptTable.Verdict;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is decided about an unknown render, by a person or by policy. */
final class Resolving {
    /** An attempt's deadline is for its first byte; after this much longer nothing of it can be on the wire. */
    static final Duration SAFELY_OVER = Duration.ofMinutes(2);

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final Nodes nodes;

    Resolving(LedgerDatabase database, Tables tables, RenderMoves moves, Nodes nodes) {
        this.nodes = nodes;
        this.database = database;
        this.tables = tables;
        this.moves = moves;
    }

    /** A render and the attempt that it is unknown for, under lock. */
    private record Doubtful(AttemptRow attempt, Locked locked) {}

    void adopt(RenderId render, ProviderJobId job) {
        database.changeOnDisk(tx -> {
            Doubtful doubtful = resolvable(tx, render, "adopted");
            Optional<AttemptRow> known =
                    tables.attempts().findJob(tx.handle(), doubtful.attempt().account(), job);
            if (known.isPresent()) {
                throw new OperatorException("Job " + job + " already belongs to render "
                        + known.get().render() + "; a job can be adopted once");
            }
            moves.start(tx, doubtful.attempt(), doubtful.locked().render(), job, nodes.epoch(), "adopted " + job);
            return null;
        });
    }

    void abandon(RenderId render, boolean charged) {
        database.change(tx -> {
            Doubtful doubtful = resolvable(tx, render, "abandoned");
            String why = charged ? "given up on; counted as paid" : "given up on; counted as never accepted";
            tables.attempts().recordVerdict(tx, doubtful.attempt(), Verdict.ABANDONED, true, why);
            moves.settle(
                    tx,
                    doubtful.attempt(),
                    charged ? Stake.CONFIRMED : Stake.RELEASED,
                    doubtful.locked().render().price().expected());
            moves.fail(
                    tx,
                    doubtful.locked().render(),
                    new Failure(FailureClass.ABANDONED, why, "Retry it, or ask for it again in the manifest"));
            tx.announce(Change.DUE);
            return null;
        });
    }

    /** The attempt stays as it is, unknown and at risk: should its job turn up, it was a second one that was paid for. */
    void resubmit(RenderId render) {
        database.change(tx -> {
            Locked locked = resolvable(tx, render, "resubmitted").locked();
            if (!locked.campaign().isCurrent(locked.render().revisionId())) {
                throw new OperatorException(
                        "Render " + render + " is no longer in the manifest; abandon it, or adopt its job");
            }
            if (locked.render().cancelRequested()) {
                throw new OperatorException("Render " + render + " was to be cancelled; abandon it, or adopt its job");
            }
            moves.planAgain(tx, locked, Duration.ZERO, "resubmitted; the unknown attempt stays at risk");
            return null;
        });
    }

    List<RenderId> overdueUnknown(int attempts, int limit) {
        return database.read(handle -> {
            Instant now = database.now(handle);
            return tables.attempts()
                    .overdueUnknown(
                            handle, now.minus(Submission.SLOT_OF_UNKNOWN), now.minus(SAFELY_OVER), attempts, limit);
        });
    }

    private Doubtful resolvable(Transaction tx, RenderId render, String verb) {
        if (tables.renders().owner(tx.handle(), render).isEmpty()) {
            throw new OperatorException("There is no render " + render);
        }
        Locked locked = moves.lockWithAccount(tx, render);
        if (locked.render().state() != RenderState.UNKNOWN) {
            throw new OperatorException("Render " + render + " is "
                    + locked.render().state().label() + "; only an unknown render can be " + verb);
        }
        AttemptRow attempt = tables.attempts()
                .find(tx.handle(), locked.render().attempt().orElseThrow())
                .orElseThrow();
        Instant over = attempt.deadline().plus(SAFELY_OVER);
        if (tx.now().isBefore(over)) {
            throw new OperatorException("The attempt of render " + render + " may still be on the wire; it can be "
                    + verb + " after " + over);
        }
        return new Doubtful(attempt, locked);
    }
}
