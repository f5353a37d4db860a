package io.camelray.intake;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.PlanningLedger.Acceptance;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.ledger.RetryLedger.FailedRender;
import io.camelray.ledger.RetryLedger.Standing;
import io.camelray.model.Place;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets failed renders go again that a manifest with {@code retryOf} names. What asks for the same as before goes again as
 * it is; what asks for something else takes the place of the failed render in a new revision. Nothing else is touched,
 * and the campaign's budget, priority and limits stay. What has not failed, or goes again already, is passed over: the
 * same manifest may come twice.
 */
final class RetryPlanner {

    private final Ledger ledger;
    private final PlanCheck check;
    private final FileKeeper keeper;
    private final Optional<Path> accepted;

    /** Takes the files beside a manifest, or says which one it could not. */
    interface FileKeeper {
        Optional<Violation> keep(LocalMedia files, ManifestSource source);
    }

    /** @param accepted where accepted manifests are filed with their data files, if they are */
    RetryPlanner(Ledger ledger, PlanCheck check, FileKeeper keeper, Optional<Path> accepted) {
        this.accepted = accepted;
        this.ledger = ledger;
        this.check = check;
        this.keeper = keeper;
    }

    /** What goes again as it was, and what is replaced. */
    private record Work(List<FailedRender> again, List<PlannedRender> replaced) {}

    PlanResult plan(ManifestSource source, ManifestDocument document) {
        Violations told = new Violations();
        Optional<Retry> retry = Retry.read(document, told);
        Optional<Standing> standing = retry.flatMap(asked -> ledger.standing(asked.campaign(), asked.revision()));
        if (retry.isPresent() && standing.isEmpty()) {
            Retry.tell(
                    told,
                    document.places().of("/retryOf"),
                    "There is no accepted revision " + retry.get().revision() + " of campaign '"
                            + retry.get().campaign() + "'.",
                    "Name one that there is; 'camel-ray status' lists the campaigns.");
        }
        FailedCells failed = new FailedCells(
                standing.isPresent() ? ledger.failedRenders(retry.get().campaign()) : List.of(), retry);
        LocalMedia files = new LocalMedia(
                source.folder(),
                new RememberedFiles(ledger, retry.map(Retry::campaign))::find,
                accepted.flatMap(folder ->
                        retry.map(asked -> folder.resolve(asked.campaign()).resolve("r" + asked.revision()))));
        try (PlanCheck.Checked checked = check.check(document, files, (campaign, violations) -> {
            retry.ifPresent(asked -> asked.check(campaign, violations));
            return failed.choice(campaign);
        })) {
            return plan(source, document, checked, failed, standing, told);
        }
    }

    private PlanResult plan(
            ManifestSource source,
            ManifestDocument document,
            PlanCheck.Checked checked,
            FailedCells failed,
            Optional<Standing> standing,
            Violations told) {
        Optional<String> name = ManifestInterpreter.campaign(document.root());
        List<Violation> violations = new ArrayList<>(told.tell(0));
        violations.addAll(checked.violations().tell(checked.survey().renders()));
        if (told.refuse() || checked.violations().refuse() || checked.plan().isEmpty() || standing.isEmpty()) {
            return new PlanResult.Rejected(name, violations);
        }
        Optional<Violation> lost = keeper.keep(checked.plan().get().files(), source);
        if (lost.isPresent()) {
            return new PlanResult.Rejected(name, List.of(lost.get()));
        }
        return take(source, document, checked, failed, standing.get(), violations);
    }

    private PlanResult take(
            ManifestSource source,
            ManifestDocument document,
            PlanCheck.Checked checked,
            FailedCells failed,
            Standing standing,
            List<Violation> violations) {
        Manifest manifest = checked.manifest();
        Work work = work(checked.plan().get(), failed);
        Revision revision = new Revision(manifest.campaign(), standing.revision(), standing.digest());
        if (work.again().isEmpty() && work.replaced().isEmpty()) {
            return new PlanResult.Repeated(revision);
        }
        Optional<Violation> clash =
                changedDraft(work.replaced(), document).or(() -> clash(manifest.campaign(), work.replaced(), document));
        if (clash.isPresent()) {
            return new PlanResult.Rejected(Optional.of(manifest.campaign()), List.of(clash.get()));
        }
        // First what needs no new revision: if we die in between, the same manifest finds the rest still failed.
        int planned = again(work.again(), violations);
        int cancelled = 0;
        boolean held = false;
        if (!work.replaced().isEmpty()) {
            Acceptance acceptance = replace(
                    work.replaced(),
                    new NewRevision(
                            manifest.campaign(),
                            manifest.provider(),
                            manifest.account(),
                            standing.budget(),
                            standing.priority(),
                            standing.stopAfterFailures(),
                            ManifestDigest.of(
                                    source, checked.plan().get().files().digests()),
                            source.name(),
                            document.text()),
                    violations);
            revision = acceptance.revision();
            planned += work.replaced().size();
            cancelled = acceptance.cancelled();
            held = acceptance.held();
        }
        return new PlanResult.Accepted(
                revision, planned, 0, cancelled, 0, held, checked.survey().price(), Optional.empty(), violations);
    }

    private Work work(PlanCheck.Plan plan, FailedCells failed) {
        List<FailedRender> unchanged = new ArrayList<>();
        List<PlannedRender> replaced = new ArrayList<>();
        RenderWriter writer = new RenderWriter(plan, 1);
        for (Step step : plan.campaign().steps()) {
            for (Cell cell : plan.cells(step)) {
                PlannedRender render = writer.render(step, cell);
                FailedRender before =
                        failed.at(render.step(), render.cell(), render.draft()).orElseThrow();
                if (!before.fingerprint().equals(render.fingerprint())) {
                    replaced.add(inPlaceOf(before, render));
                } else if (failed.isNamed(before)) {
                    unchanged.add(before);
                }
            }
        }
        return new Work(unchanged, replaced);
    }

    /** The full-quality render of a draft that is made anew would stay as it was, and be approved for what it is not. */
    private static Optional<Violation> changedDraft(List<PlannedRender> replaced, ManifestDocument document) {
        Violations told = new Violations();
        replaced.stream()
                .filter(PlannedRender::draft)
                .findFirst()
                .ifPresent(draft -> Retry.tell(
                        told,
                        document.places().of("/only"),
                        "The draft of step '" + draft.step() + "' for " + draft.cell()
                                + " asks for something else than before, and what waits for its approval would not.",
                        "Drop the changed manifest into the inbox without 'retryOf' and 'only'; what stays the same is"
                                + " not rendered again."));
        return told.tell(0).stream().findFirst();
    }

    /** An output may take its own place anew, never that of a render which stays. */
    private Optional<Violation> clash(String campaign, List<PlannedRender> replaced, ManifestDocument document) {
        if (replaced.isEmpty()) {
            return Optional.empty();
        }
        Set<List<String>> places = replaced.stream()
                .map(render -> List.of(render.step(), render.cell()))
                .collect(Collectors.toSet());
        Set<String> wanted = replaced.stream()
                .flatMap(render -> render.outputs().stream())
                .flatMap(output -> Stream.of(output.key(), output.alternateKey())
                        .filter(key -> !key.isEmpty())
                        .map(output.destination()::locate))
                .map(location -> location.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Violations told = new Violations();
        ledger.renders(campaign, render -> render.outputs().stream()
                .map(OutputRecord::location)
                .filter(location -> wanted.contains(location.toLowerCase(Locale.ROOT)))
                .filter(location -> !places.contains(List.of(render.step(), render.cell())))
                .forEach(location -> told.error(
                        Stage.REFERENCES,
                        "key",
                        document.places().of("/deliver/key"),
                        "The key of " + location + " belongs to render " + render.id() + ", which stays as it is.",
                        "Leave deliver.key as it was, or make it tell the two apart.")));
        return told.tell(0).stream().findFirst();
    }

    private static PlannedRender inPlaceOf(FailedRender before, PlannedRender render) {
        return new PlannedRender(
                render.step(),
                render.cell(),
                render.label(),
                before.ordinal(),
                render.fingerprint(),
                before.generation(),
                render.request(),
                render.price(),
                render.outputs(),
                render.line(),
                render.parents(),
                render.draft());
    }

    /** One that starts from another may have been revived with it; one that cannot go again is told, and holds up none. */
    private int again(List<FailedRender> renders, List<Violation> violations) {
        Violations told = new Violations();
        int planned = 0;
        for (FailedRender render : renders) {
            try {
                ledger.retry(render.id());
                planned++;
            } catch (OperatorException e) {
                told.warning(Stage.REFERENCES, "retry", Place.NOWHERE, e.getMessage() + ".", "See 'camel-ray status'.");
            }
        }
        violations.addAll(told.tell(0));
        return planned;
    }

    private Acceptance replace(List<PlannedRender> renders, NewRevision revision, List<Violation> violations) {
        try (RevisionDraft draft = ledger.amend(revision)) {
            for (int start = 0; start < renders.size(); start += RenderBatches.SIZE) {
                draft.add(renders.subList(start, Math.min(start + RenderBatches.SIZE, renders.size())));
            }
            Acceptance acceptance = draft.accept();
            // What an older revision asked for and failed is in its place again, still failed: it goes again.
            again(
                    ledger.failedRenders(revision.campaign()).stream()
                            .filter(failed -> renders.stream().anyMatch(render -> isSame(failed, render)))
                            .toList(),
                    violations);
            return acceptance;
        }
    }

    private static boolean isSame(FailedRender failed, PlannedRender render) {
        return failed.draft() == render.draft()
                && failed.step().equals(render.step())
                && failed.cell().equals(render.cell())
                && failed.fingerprint().equals(render.fingerprint());
    }
}
