package io.camelray.ledger;

import io.camelray.ledger.AttemptTable.AttemptRow;
import io.camelray.ledger.AttemptTable.Verdict;
import io.camelray.ledger.RenderMoves.Locked;
import io.camelray.ledger.SubmissionLedger.Acceptance;
import io.camelray.model.AttemptToken;
import io.camelray.model.Failure;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of an attempt: by the provider's reply, or by its absence. */
final class Replies {
    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderMoves moves;
    private final Submission submission;
    private final Nodes nodes;

    Replies(LedgerDatabase database, Tables tables, RenderMoves moves, Submission submission, Nodes nodes) {
        this.database = database;
        this.tables = tables;
        this.moves = moves;
        this.submission = submission;
        this.nodes = nodes;
    }

    /** Whether the render waits for this attempt's outcome, and it is still for this node to say what that is. */
    private boolean isOurs(Asked asked) {
        return asked.isOpen() && asked.locked().render().epoch() == nodes.epoch();
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
                moves.start(tx, asked.attempt(), asked.locked().render(), job, nodes.epoch(), "accepted as " + job);
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
            if (isOurs(asked)) {
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
            if (isOurs(asked)) {
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
            if (isOurs(asked) && asked.locked().render().state() == RenderState.SUBMITTING) {
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

    boolean accountFault(AttemptToken token, String reason, Optional<Duration> recheck) {
        return database.change(tx -> {
            Asked asked = ask(tx, token);
            boolean news = submission.fault(tx, asked.attempt().account(), reason, recheck);
            if (isOurs(asked)) {
                tables.attempts().recordVerdict(tx, asked.attempt(), Verdict.NOT_ACCEPTED, true, reason);
                moves.settle(tx, asked.attempt(), Stake.RELEASED, Money.ZERO);
                moves.planAgain(tx, asked.locked(), Duration.ZERO, reason);
            }
            return news;
        });
    }

    void warning(AttemptToken token, String warning) {
        database.change(tx -> {
            Asked asked = ask(tx, token);
            warn(tx, asked.locked(), asked.attempt(), warning);
            return null;
        });
    }

    void warning(RenderId render, ProviderJobId job, String warning) {
        database.change(tx -> {
            Locked locked = moves.lockWithAccount(tx, render);
            tables.attempts()
                    .findJob(tx.handle(), locked.render().account(), job)
                    .ifPresent(attempt -> warn(tx, locked, attempt, warning));
            return null;
        });
    }

    private void warn(Transaction tx, Locked locked, AttemptRow attempt, String warning) {
        String bounded = Bounded.text(warning);
        if (attempt.verdict() == Verdict.ACCEPTED && !attempt.reason().equals(bounded)) {
            tables.attempts().setReason(tx.handle(), attempt.token(), bounded);
            tables.campaigns().touch(tx.handle(), attempt.campaignId());
            tables.events().noted(tx, "warning", locked.render(), Optional.of(attempt.token()), bounded);
            tx.markChanged();
        }
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
        List<RenderId> ours = database.read(handle -> tables.inFlight().submitting(handle, nodes.epoch()));
        return (int) ours.stream().filter(render -> abandon(render, reason)).count();
    }

    /** Makes unknown what dead nodes were submitting, once they cannot have begun to any more. @return how many */
    int takeSubmissions(String reason) {
        List<RenderId> left =
                database.read(handle -> tables.inFlight().submittingNoMore(handle, Micros.of(database.now(handle))));
        return (int) left.stream().filter(render -> abandon(render, reason)).count();
    }

    private boolean abandon(RenderId render, String reason) {
        return database.change(tx -> {
            Locked locked = moves.lockWithAccount(tx, render);
            long owner = locked.render().epoch();
            boolean forUs = owner == nodes.epoch() || !tables.nodes().lives(tx.handle(), owner);
            if (locked.render().state() != RenderState.SUBMITTING || !forUs) {
                return false;
            }
            AttemptRow attempt = attempt(tx, locked.render().attempt().orElseThrow());
            tables.inFlight().own(tx.handle(), render, nodes.epoch());
            doubt(tx, new Asked(attempt, locked), reason);
            return true;
        });
    }
}
