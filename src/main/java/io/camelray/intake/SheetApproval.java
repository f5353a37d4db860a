package io.camelray.intake;

import io.camelray.intake.ApprovalSheet.Decision;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.HoldReason;
import io.camelray.model.Place;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does what an approval sheet says. Thread-safe. */
public final class SheetApproval {

    private final Ledger ledger;

    public SheetApproval(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What became of a sheet.
     *
     * @param campaign the one that it names first
     * @param refused whether nothing of it was done, because of the violations
     * @param approved lines that let a render go on
     * @param rejected lines that ended one
     * @param violations what is wrong with the sheet, or which of its lines had nothing to decide
     */
    public record Outcome(
            Optional<String> campaign, boolean refused, int approved, int rejected, List<Violation> violations) {}

    /**
     * Approves and rejects what the sheet says, as far as it is held for approval. What is rejected comes first, so that
     * nothing is paid for that starts from there.
     *
     * @throws io.camelray.ledger.LedgerUnavailableException if the ledger cannot be reached; the same sheet again is safe
     */
    public Outcome apply(byte[] sheet) {
        ApprovalSheet.Reading reading = ApprovalSheet.read(sheet);
        Optional<String> campaign =
                reading.decisions().stream().map(Decision::campaign).findFirst();
        List<Violation> wrong = new ArrayList<>(reading.violations());
        Set<RenderId> waiting = new HashSet<>();
        for (Decision decision : reading.decisions()) {
            Optional<RenderRecord> render = ledger.render(decision.render());
            if (render.filter(found -> found.campaign().equals(decision.campaign()))
                    .isEmpty()) {
                wrong.add(violation(
                        decision,
                        Severity.ERROR,
                        "Campaign '" + decision.campaign() + "' has no render " + decision.render() + ".",
                        "Take a fresh copy of report.csv."));
            } else if (isWaiting(render.get())) {
                waiting.add(decision.render());
            }
        }
        if (!wrong.isEmpty()) {
            return new Outcome(campaign, true, 0, 0, wrong);
        }
        List<Violation> told = new ArrayList<>();
        int rejected = decide(reading.decisions(), false, waiting, told);
        int approved = decide(reading.decisions(), true, waiting, told);
        return new Outcome(campaign, false, approved, rejected, told);
    }

    private int decide(List<Decision> decisions, boolean approve, Set<RenderId> waiting, List<Violation> told) {
        int done = 0;
        for (Decision decision : decisions) {
            if (decision.approve() == approve) {
                Optional<String> trouble = decide(decision, waiting.contains(decision.render()));
                trouble.ifPresent(
                        why -> told.add(violation(decision, Severity.WARNING, why + ".", "The line was passed over.")));
                done += trouble.isEmpty() ? 1 : 0;
            }
        }
        return done;
    }

    /** @param waited whether it was held for approval when the sheet came @return why there was nothing to do */
    private Optional<String> decide(Decision decision, boolean waited) {
        RenderRecord render = ledger.render(decision.render()).orElseThrow();
        if (!isWaiting(render)) {
            boolean alreadySo = decision.approve() != (render.state() == RenderState.CANCELLED);
            return waited && alreadySo
                    ? Optional.empty()
                    : Optional.of("Render " + decision.render() + " is "
                            + render.state().label() + ", not held for approval");
        }
        try {
            if (decision.approve()) {
                ledger.approve(decision.render());
            } else {
                ledger.reject(decision.render());
            }
            return Optional.empty();
        } catch (OperatorException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static boolean isWaiting(RenderRecord render) {
        return render.held().filter(HoldReason.APPROVAL::equals).isPresent();
    }

    private static Violation violation(Decision decision, Severity severity, String message, String remedy) {
        return new Violation(ApprovalSheet.RULE, severity, new Place("", decision.line(), 1), message, remedy, "");
    }
}
