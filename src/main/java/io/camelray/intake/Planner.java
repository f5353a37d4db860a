package io.camelray.intake;

import io.camelray.assets.KeptMedia;
import io.camelray.ledger.PlanningLedger;
import io.camelray.ledger.PlanningLedger.Acceptance;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.model.MediaRef;
import io.camelray.model.Money;
import io.camelray.model.Place;
import io.camelray.model.Price;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBook;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a manifest into the ledger: all of it, or nothing and every reason why. Thread-safe. */
public final class Planner {

    /** How many renders are handed to the ledger at a time. */
    static final int BATCH = 1000;

    private final PlanningLedger ledger;
    private final PlanningSettings settings;
    private final PriceBooks prices;
    private final PlanCheck check;
    private final Optional<KeptMedia> kept;

    /** A planner for manifests that name no files, or that are only looked at. */
    public Planner(PlanningLedger ledger, PlanningSettings settings, RuleBook rules, PriceBooks prices) {
        this(ledger, settings, rules, prices, PlanMedia.NONE);
    }

    /** @param media what may be done about the images and videos that manifests name */
    public Planner(
            PlanningLedger ledger, PlanningSettings settings, RuleBook rules, PriceBooks prices, PlanMedia media) {
        this.ledger = ledger;
        this.kept = media.kept();
        this.settings = settings;
        this.prices = prices;
        this.check = new PlanCheck(settings, rules, prices, media);
    }

    /**
     * Plans a manifest's renders, each once.
     *
     * @throws io.camelray.ledger.LedgerUnavailableException if the ledger cannot be reached; planning again is safe
     */
    public PlanResult plan(ManifestSource source) {
        return plan(source, 1);
    }

    /**
     * Plans a manifest's renders.
     *
     * @param generation 1; one more than before to render everything again, also what has been delivered
     * @throws IllegalArgumentException if the generation is below 1
     * @throws io.camelray.ledger.LedgerUnavailableException if the ledger cannot be reached
     */
    public PlanResult plan(ManifestSource source, int generation) {
        if (generation < 1) {
            throw new IllegalArgumentException("A generation is 1 or more, not " + generation);
        }
        ManifestDocument document;
        try {
            document = ManifestReader.read(source);
        } catch (UnreadableManifestException e) {
            return new PlanResult.Rejected(Optional.empty(), List.of(unreadable(e)));
        }
        Optional<String> name = ManifestInterpreter.campaign(document.root());
        Optional<Revision> known = known(name, ManifestDigest.of(source), generation);
        if (known.isPresent()) {
            return new PlanResult.Repeated(known.get());
        }
        PlanCheck.Checked checked = check.check(document, source.folder());
        List<Violation> violations = checked.violations().tell(checked.survey().renders());
        if (checked.violations().refuse() || checked.plan().isEmpty()) {
            return new PlanResult.Rejected(name, violations);
        }
        String digest = ManifestDigest.of(source, checked.plan().get().files().digests());
        known = known(name, digest, generation);
        if (known.isPresent()) {
            return new PlanResult.Repeated(known.get());
        }
        Optional<Violation> lost = keep(checked.plan().get().files(), source);
        if (lost.isPresent()) {
            return new PlanResult.Rejected(name, List.of(lost.get()));
        }
        NewRevision revision = revision(checked.manifest(), digest, source, document);
        Acceptance acceptance = write(checked.plan().get(), revision, generation);
        return new PlanResult.Accepted(
                acceptance.revision(),
                acceptance.added(),
                acceptance.kept(),
                acceptance.cancelled(),
                acceptance.held(),
                checked.survey().price(),
                violations);
    }

    /** Copies the files that the manifest names, before anything of it is accepted; says which one could not be. */
    private Optional<Violation> keep(LocalMedia files, ManifestSource source) {
        if (kept.isEmpty() || source.folder().isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> file : files.digests().entrySet()) {
            try {
                kept.get()
                        .keep(
                                new MediaRef.LocalFile(file.getKey(), file.getValue()),
                                source.folder().get().resolve(file.getKey()));
            } catch (IOException e) {
                return Optional.of(new Violation(
                        "asset",
                        Severity.ERROR,
                        Place.NOWHERE,
                        "File '" + file.getKey() + "' could not be taken: " + e.getMessage() + ".",
                        "Leave the file as it is until the manifest is accepted, and drop the manifest again.",
                        ""));
            }
        }
        return Optional.empty();
    }

    /** The revision that was accepted with this digest; a manifest that names files is known by them as well. */
    private Optional<Revision> known(Optional<String> name, String digest, int generation) {
        return name.filter(campaign -> generation == 1 && ManifestInterpreter.isSlug(campaign))
                .flatMap(campaign -> ledger.findRevision(campaign, digest));
    }

    /** Says what planning would do; asks neither the ledger nor the network. */
    public PlanPreview preview(ManifestSource source) {
        try {
            return preview(ManifestReader.read(source), source);
        } catch (UnreadableManifestException e) {
            return new PlanPreview(
                    Optional.empty(),
                    settings.provider(),
                    "",
                    Money.ZERO,
                    Optional.empty(),
                    "",
                    0,
                    0,
                    Price.ZERO,
                    List.of(),
                    "",
                    List.of(),
                    0,
                    List.of(unreadable(e)));
        }
    }

    private PlanPreview preview(ManifestDocument document, ManifestSource source) {
        PlanCheck.Checked checked = check.check(document, source.folder());
        Manifest manifest = checked.manifest();
        Survey survey = checked.survey();
        return new PlanPreview(
                ManifestInterpreter.campaign(document.root()),
                manifest.provider(),
                manifest.account(),
                manifest.budget(),
                Optional.of(manifest.destination()),
                manifest.priority().label(),
                checked.variants(),
                checked.renders(),
                survey.price(),
                survey.lines(),
                prices.book(manifest.provider()).map(PriceBook::toString).orElse(""),
                survey.keys(),
                survey.keyCount(),
                checked.violations().tell(survey.renders()));
    }

    private static NewRevision revision(
            Manifest manifest, String digest, ManifestSource source, ManifestDocument document) {
        return new NewRevision(
                manifest.campaign(),
                manifest.provider(),
                manifest.account(),
                manifest.budget(),
                manifest.priority(),
                manifest.stopAfterFailures(),
                digest,
                source.name(),
                document.text());
    }

    private Acceptance write(PlanCheck.Plan plan, NewRevision revision, int generation) {
        try (RevisionDraft draft = ledger.draft(revision)) {
            RenderWriter writer = new RenderWriter(plan, generation);
            List<PlannedRender> batch = new ArrayList<>(BATCH);
            for (Step step : plan.campaign().steps()) {
                for (Cell cell : plan.expansion(step)) {
                    batch.add(writer.render(step, cell));
                    if (batch.size() == BATCH) {
                        draft.add(List.copyOf(batch));
                        batch.clear();
                    }
                }
            }
            if (!batch.isEmpty()) {
                draft.add(List.copyOf(batch));
            }
            return draft.accept();
        }
    }

    private static Violation unreadable(UnreadableManifestException e) {
        return new Violation("syntax", Severity.ERROR, e.place(), e.getMessage(), e.remedy(), "");
    }
}
