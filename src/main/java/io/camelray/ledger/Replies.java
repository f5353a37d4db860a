package io.camelray.ledger;

import io.camelray.ledger.AttemptTable.AttemptRow;
import io.camelray.ledger.AttemptTable.Verdict;
import io.camelray.ledger.Ledger.Change;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.SubmissionLedger.Acceptance;
import io.camelray.model.AttemptToken;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of an attempt: by the provider's reply, by its absence, or by a person. */
final class Replies {
    /** An attempt's deadline is for its first byte; after this much longer nothing of it can be on the wire. */
    private static final Duration SAFELY_OVER = Duration.ofMinutes(2);

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final Submission submission;

    Replies(LedgerDatabase database, Tables tables, RenderMoves moves, Submission submission) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.submission = submission;
    }

    /** An attempt and its render, under lock. */
    private record Asked(AttemptRow attempt, Locked locked) {

        /** Whether the render still waits for this attempt's outcome. */
        boolean isOpen() {
            RenderState state = locked.render().state();
            return locked.isAbout(attempt.token())
                    && attempt.job().isEmpty()
                    && (state == RenderState.SUBMITTING || state == RenderState.UNKNOWN);
        }
    }

    private Asked ask(Transaction tx, AttemptToken token) {
        RenderId render = attempt(tx, token).render();
        Locked locked = moves.lockWithAccount(tx, render);
        return new Asked(attempt(tx, token), locked);
    }

    private AttemptRow attempt(Transaction tx, AttemptToken token) {
        return tables.attempts()
                .find(tx.handle(), token)
                .orElseThrow(() -> new IllegalArgumentException("The ledger has no attempt " + token));
    }

    Acceptance accepted(AttemptToken token, ProviderJobId job) {
        return database.changeOnDisk(tx -> {
            // Also when nothing changes: the call that recorded it may not have reached the disk yet.
            tx.markChanged();
            Asked asked = ask(tx, token);
            Optional<AttemptRow> known =
                    tables.attempts().findJob(tx.handle(), asked.attempt().account(), job);
            if (known.isPresent()) {
                return alreadyKnown(tx, asked, known.get());
            }
            if (asked.isOpen()) {
                start(tx, asked, job, "accepted as " + job);
                return Acceptance.RENDERING;
            }
            return secondPaid(tx, asked, job);
        });
    }

    private Acceptance alreadyKnown(Transaction tx, Asked asked, AttemptRow known) {
        boolean another = !known.render().equals(asked.attempt().render());
        if (another && asked.locked().render().state() == RenderState.SUBMITTING && asked.isOpen()) {
            doubt(tx, asked, "the provider answered with the job of render " + known.render());
        }
        return Acceptance.ALREADY_RECORDED;
    }

    private void start(Transaction tx, Asked asked, ProviderJobId job, String why) {
        AttemptRow attempt = asked.attempt();
        // An acceptance that turns up later was given when the reply was given up on, at the latest.
        Instant acceptedAt = attempt.repliedAt().orElse(tx.now());
        tables.attempts().recordJob(tx, attempt, job, acceptedAt);
        tables.renders().countPaid(tx.handle(), attempt.render());
        moves.settle(tx, attempt, Stake.RESERVED, Money.ZERO);
        moves.move(tx, asked.locked().render(), RenderState.RENDERING, Details.NONE, why);
    }

    /** It is paid for whatever the budgets say; hiding it would be worse than passing a cap. */
    private Acceptance secondPaid(Transaction tx, Asked asked, ProviderJobId job) {
        AttemptRow paid = asked.attempt();
        if (paid.job().isPresent()) {
            AttemptToken stray = new AttemptToken(
                    UUID.nameUUIDFromBytes((paid.token() + "/" + job).getBytes(StandardCharsets.UTF_8)));
            int number = tables.attempts().lastNumber(tx.handle(), paid.render()) + 1;
            tables.attempts().insertStray(tx, asked.locked().render(), paid, number, stray, job);
            paid = attempt(tx, stray);
        } else {
            tables.attempts().recordJob(tx, paid, job, paid.repliedAt().orElse(tx.now()));
        }
        tables.renders().countPaid(tx.handle(), paid.render());
        moves.settle(tx, paid, Stake.CONFIRMED, asked.locked().render().price().expected());
        tables.campaigns().touch(tx.handle(), paid.campaignId());
        tables.events()
                .noted(
                        tx,
                        "second-paid",
                        asked.locked().render(),
                        Optional.of(paid.token()),
                        "job " + job + " was paid for as well");
        return Acceptance.SECOND_PAID;
    }

    void notAccepted(AttemptToken token, Duration delay, boolean countsAsRetry, String reason) {
        database.change(tx -> {
            Asked asked = ask(tx, token);
            if (asked.isOpen()) {
                tables.attempts().recordVerdict(tx, asked.attempt(), Verdict.NOT_ACCEPTED, countsAsRetry, reason);
                if (countsAsRetry) {
                    tables.renders().countRetry(tx.handle(), asked.attempt().render());
                }
                moves.settle(tx, asked.attempt(), Stake.RELEASED, Money.ZERO);
                moves.planAgain(tx, asked.locked(), delay, reason);
            }
            return null;
        });
    }

    void refused(AttemptToken token, Failure failure) {
        database.change(tx -> {
            Asked asked = ask(tx, token);
            if (asked.isOpen()) {
                tables.attempts().recordVerdict(tx, asked.attempt(), Verdict.REFUSED, true, failure.reason());
                moves.settle(tx, asked.attempt(), Stake.RELEASED, Money.ZERO);
                moves.fail(tx, asked.locked().render(), failure);
            }
            return null;
        });
    }

    void unknown(AttemptToken token, String reason) {
        database.change(tx -> {
            Asked asked = ask(tx, token);
            if (asked.isOpen() && asked.locked().render().state() == RenderState.SUBMITTING) {
                doubt(tx, asked, reason);
            }
            return null;
        });
    }

    private void doubt(Transaction tx, Asked asked, String reason) {
        tables.attempts().recordVerdict(tx, asked.attempt(), Verdict.UNKNOWN, true, reason);
        moves.settle(tx, asked.attempt(), Stake.AT_RISK, Money.ZERO);
        moves.move(tx, asked.locked().render(), RenderState.UNKNOWN, Details.noted(reason), reason);
    }

    void accountFault(AttemptToken token, String reason) {
        database.change(tx -> {
            Asked asked = ask(tx, token);
            submission.pause(tx, asked.attempt().account(), reason);
            if (asked.isOpen()) {
                tables.attempts().recordVerdict(tx, asked.attempt(), Verdict.NOT_ACCEPTED, true, reason);
                moves.settle(tx, asked.attempt(), Stake.RELEASED, Money.ZERO);
                moves.planAgain(tx, asked.locked(), Duration.ZERO, reason);
            }
            return null;
        });
    }

    void postpone(RenderId render, Duration delay, String reason) {
        database.change(tx -> {
            Locked locked = moves.lock(tx, render);
            if (locked.render().state() == RenderState.PLANNED) {
                tables.renders().postpone(tx.handle(), render, tx.nowMicros() + Micros.of(delay), reason);
                tables.events().noted(tx, "postponed", locked.render(), Optional.empty(), reason);
            }
            return null;
        });
    }

    void giveUp(RenderId render, Failure failure) {
        database.change(tx -> {
            Locked locked = moves.lock(tx, render);
            if (locked.render().state() == RenderState.PLANNED) {
                moves.fail(tx, locked.render(), failure);
            }
            return null;
        });
    }

    int abandonSubmissions(String reason) {
        List<RenderId> submitting = database.read(handle -> tables.renders().in(handle, RenderState.SUBMITTING));
        for (RenderId render : submitting) {
            database.change(tx -> {
                Locked locked = moves.lockWithAccount(tx, render);
                if (locked.render().state() == RenderState.SUBMITTING) {
                    AttemptRow attempt = attempt(tx, locked.render().attempt().orElseThrow());
                    doubt(tx, new Asked(attempt, locked), reason);
                }
                return null;
            });
        }
        return submitting.size();
    }

    void adopt(RenderId render, ProviderJobId job) {
        database.changeOnDisk(tx -> {
            Asked asked = resolvable(tx, render, "adopted");
            Optional<AttemptRow> known =
                    tables.attempts().findJob(tx.handle(), asked.attempt().account(), job);
            if (known.isPresent()) {
                throw new OperatorException("Job " + job + " already belongs to render "
                        + known.get().render() + "; a job can be adopted once");
            }
            start(tx, asked, job, "adopted " + job);
            return null;
        });
    }

    void abandon(RenderId render, boolean charged) {
        database.change(tx -> {
            Asked asked = resolvable(tx, render, "abandoned");
            String why = charged ? "given up on; counted as paid" : "given up on; counted as never accepted";
            tables.attempts().recordVerdict(tx, asked.attempt(), Verdict.ABANDONED, true, why);
            moves.settle(
                    tx,
                    asked.attempt(),
                    charged ? Stake.CONFIRMED : Stake.RELEASED,
                    asked.locked().render().price().expected());
            moves.fail(
                    tx,
                    asked.locked().render(),
                    new Failure(FailureClass.ABANDONED, why, "Ask for it again in the manifest if it is still wanted"));
            tx.announce(Change.DUE);
            return null;
        });
    }

    private Asked resolvable(Transaction tx, RenderId render, String verb) {
        if (tables.renders().owner(tx.handle(), render).isEmpty()) {
            throw new OperatorException("There is no render " + render);
        }
        Locked locked = moves.lockWithAccount(tx, render);
        if (locked.render().state() != RenderState.UNKNOWN) {
            throw new OperatorException("Render " + render + " is "
                    + locked.render().state().label() + "; only an unknown render can be " + verb);
        }
        AttemptRow attempt = attempt(tx, locked.render().attempt().orElseThrow());
        Instant over = attempt.deadline().plus(SAFELY_OVER);
        if (tx.now().isBefore(over)) {
            throw new OperatorException("The attempt of render " + render + " may still be on the wire; it can be "
                    + verb + " after " + over);
        }
        return new Asked(attempt, locked);
    }
}
