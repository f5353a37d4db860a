package io.camelray.intake;

import io.camelray.assets.KeptMedia;
import io.camelray.ledger.KeyInUseException;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.PlanningLedger;
import io.camelray.ledger.PlanningLedger.Acceptance;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.model.MediaRef;
import io.camelray.model.Money;
import io.camelray.model.Place;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBook;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.rules.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes a manifest into the ledger: all of it, or nothing and every reason why. Thread-safe. */
public final class Planner {

    private final PlanningLedger ledger;
    private final PlanningSettings settings;
    private final PriceBooks prices;
    private final PlanCheck check;
    private final Optional<KeptMedia> kept;
    private final Optional<RetryPlanner> retries;
    private final Optional<Estimator> estimator;

    /** A planner for manifests that name no files, or that are only looked at. */
    public Planner(PlanningLedger ledger, PlanningSettings settings, RuleBook rules, PriceBooks prices) {
        this(ledger, settings, rules, prices, PlanMedia.NONE);
    }

    /** @param media what may be done about the images and videos that manifests name */
    public Planner(
            PlanningLedger ledger, PlanningSettings settings, RuleBook rules, PriceBooks prices, PlanMedia media) {
        this(ledger, settings, rules, prices, media, Optional.empty(), Optional.empty());
    }

    /** A planner that also lets failed renders go again, and tells whether campaigns will be ready in time. */
    public static Planner of(
            Ledger ledger,
            PlanningSettings settings,
            RuleBook rules,
            PriceBooks prices,
            PlanMedia media,
            Estimator estimator) {
        return new Planner(ledger, settings, rules, prices, media, Optional.of(ledger), Optional.of(estimator));
    }

    /** A planner that only says what manifests would do, and whether they would be ready in time. */
    public static Planner previewing(
            PlanningSettings settings, RuleBook rules, PriceBooks prices, PlanMedia media, Estimator estimator) {
        return new Planner(null, settings, rules, prices, media, Optional.empty(), Optional.of(estimator));
    }

    private Planner(
            PlanningLedger ledger,
            PlanningSettings settings,
            RuleBook rules,
            PriceBooks prices,
            PlanMedia media,
            Optional<Ledger> whole,
            Optional<Estimator> estimator) {
        this.estimator = estimator;
        this.ledger = ledger;
        this.kept = media.kept();
        this.settings = settings;
        this.prices = prices;
        this.check = ledger == null
                ? new PlanCheck(settings, rules, prices, media)
                : new PlanCheck(settings, rules, prices, media, ledger::findGeneration);
        this.retries = whole.map(known -> new RetryPlanner(known, check, this::keep, settings.accepted()));
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
        try {
            return plan(document, source, generation);
        } catch (KeyInUseException e) {
            return new PlanResult.Rejected(
                    ManifestInterpreter.campaign(document.root()), List.of(inUse(document, e.getMessage())));
        }
    }

    private PlanResult plan(ManifestDocument document, ManifestSource source, int generation) {
        Optional<String> name = ManifestInterpreter.campaign(document.root());
        if (Retry.isAsked(document.root()) && retries.isPresent()) {
            Optional<Violation> archived = archived(name);
            return archived.isPresent()
                    ? new PlanResult.Rejected(name, List.of(archived.get()))
                    : retries.get().plan(source, document);
        }
        Optional<Revision> known = known(name, ManifestDigest.of(source), generation);
        if (known.isPresent()) {
            return new PlanResult.Repeated(known.get());
        }
        try (PlanCheck.Checked checked = check.check(document, source.folder())) {
            return plan(checked, document, source, generation);
        }
    }

    private PlanResult plan(
            PlanCheck.Checked checked, ManifestDocument document, ManifestSource source, int generation) {
        Optional<String> name = ManifestInterpreter.campaign(document.root());
        checkAccount(checked);
        Optional<Deadline> deadline = deadline(checked);
        List<Violation> violations = checked.violations().tell(checked.survey().renders());
        if (checked.violations().refuse() || checked.plan().isEmpty()) {
            return new PlanResult.Rejected(name, violations);
        }
        String digest = ManifestDigest.of(source, checked.plan().get().files().digests());
        Optional<Revision> known = known(name, digest, generation);
        if (known.isPresent()) {
            return new PlanResult.Repeated(known.get());
        }
        Optional<Violation> refused =
                archived(name).or(() -> keep(checked.plan().get().files(), source));
        if (refused.isPresent()) {
            return new PlanResult.Rejected(name, List.of(refused.get()));
        }
        NewRevision revision = revision(
                checked.manifest(), priority(checked.manifest(), document, deadline), digest, source, document);
        Optional<Acceptance> written = write(checked, checked.plan().get(), revision, generation);
        if (written.isEmpty()) {
            return new PlanResult.Rejected(name, List.of(changed(checked)));
        }
        Acceptance acceptance = written.get();
        return new PlanResult.Accepted(
                acceptance.revision(),
                acceptance.added(),
                acceptance.kept(),
                acceptance.cancelled(),
                acceptance.redelivered(),
                acceptance.held(),
                checked.survey().price(),
                deadline.filter(any -> acceptance.added() > 0),
                violations);
    }

    /** By when the campaign is wanted, and what all of its renders take; told if it will be late. */
    private Optional<Deadline> deadline(PlanCheck.Checked checked) {
        Manifest manifest = checked.manifest();
        if (estimator.isEmpty()
                || manifest.readyBy().isEmpty()
                || checked.plan().isEmpty()) {
            return Optional.empty();
        }
        Estimator known = estimator.get();
        Deadline deadline = new Deadline(
                manifest.readyBy().get().after(known.now()),
                known.estimate(
                        manifest.provider(),
                        manifest.account(),
                        checked.survey().work()),
                known.now());
        if (deadline.isMissed()) {
            checked.violations()
                    .warning(
                            Stage.ACCOUNT,
                            "readyBy",
                            checked.plan().get().campaign().place("/readyBy"),
                            "What is to be " + deadline + ".",
                            "Ask for less, allow more time, or raise the account's limits.");
        }
        return Optional.of(deadline);
    }

    /** What is written, else the rush lane where time is short. */
    private static Priority priority(Manifest manifest, ManifestDocument document, Optional<Deadline> deadline) {
        return !document.root().has("priority")
                        && deadline.filter(Deadline::isClose).isPresent()
                ? Priority.RUSH
                : manifest.priority();
    }

    /** What earlier revisions rendered stays with their account, and another one cannot start from it (R111). */
    private void checkAccount(PlanCheck.Checked checked) {
        String account = checked.manifest().account();
        if (checked.plan().isEmpty() || !checked.survey().isChained()) {
            return;
        }
        ledger.accountsOf(checked.manifest().campaign()).stream()
                .filter(earlier -> !earlier.equals(account))
                .findFirst()
                .ifPresent(earlier -> checked.violations()
                        .error(
                                Stage.ACCOUNT,
                                "R111",
                                checked.plan().get().campaign().place("/account"),
                                "Earlier revisions of this campaign were for account '" + earlier
                                        + "', and its steps cannot start from each other across accounts.",
                                "Say account: " + earlier + ", or give the campaign another name."));
    }

    /**
     * Plans a manifest only if it asks for failed renders to go again.
     *
     * @throws io.camelray.ledger.LedgerUnavailableException if the ledger cannot be reached; asking again is safe
     */
    public PlanResult retry(ManifestSource source) {
        try {
            ManifestDocument document = ManifestReader.read(source);
            if (!Retry.isAsked(document.root())) {
                return new PlanResult.Rejected(
                        ManifestInterpreter.campaign(document.root()),
                        List.of(new Violation(
                                "retry",
                                Severity.ERROR,
                                new Place("", 1, 1),
                                "A manifest without 'retryOf' is a new order, and this is where failed renders go again.",
                                "Drop it into the inbox, or name what is to go again with 'retryOf' and 'only'.",
                                "")));
            }
        } catch (UnreadableManifestException e) {
            return new PlanResult.Rejected(Optional.empty(), List.of(unreadable(e)));
        }
        return plan(source);
    }

    /** Copies the files that the manifest names, before anything of it is accepted; says which one could not be. */
    private Optional<Violation> keep(LocalMedia files, ManifestSource source) {
        if (kept.isEmpty() || source.folder().isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> file : files.mediaDigests().entrySet()) {
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

    /** What an archived campaign has rendered is not known one by one: a change to it cannot be told from all of it. */
    private Optional<Violation> archived(Optional<String> name) {
        return name.filter(ManifestInterpreter::isSlug)
                .flatMap(ledger::archived)
                .map(archived -> new Violation(
                        "archived",
                        Severity.ERROR,
                        Place.NOWHERE,
                        "Campaign '" + name.orElseThrow() + "' was " + archived
                                + ", and this is not the same manifest as then; what of it is paid for already cannot be"
                                + " told any more.",
                        "Give the campaign another name: everything in it is rendered and paid for.",
                        ""));
    }

    /** The revision that was accepted with this digest; a manifest that names files is known by them as well. */
    private Optional<Revision> known(Optional<String> name, String digest, int generation) {
        return name.filter(campaign -> generation == 1 && ManifestInterpreter.isSlug(campaign))
                .flatMap(campaign -> ledger.findRevision(campaign, digest));
    }

    /** Says what planning would do; of the ledger it asks only what is on record of generations, if it was given one. */
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
                    Optional.empty(),
                    0,
                    0,
                    Price.ZERO,
                    Price.ZERO,
                    Duration.ZERO,
                    List.of(),
                    PlanPreview.Shares.NONE,
                    List.of(),
                    "",
                    "",
                    List.of(),
                    0,
                    List.of(unreadable(e)));
        }
    }

    private PlanPreview preview(ManifestDocument document, ManifestSource source) {
        try (PlanCheck.Checked checked = check.check(
                document,
                new LocalMedia(source.folder()),
                (campaign, violations) -> Retry.preview(document, campaign, violations),
                !Retry.isAsked(document.root()))) {
            return preview(document, checked);
        }
    }

    private PlanPreview preview(ManifestDocument document, PlanCheck.Checked checked) {
        Manifest manifest = checked.manifest();
        Survey survey = checked.survey();
        Optional<Deadline> deadline = deadline(checked);
        return new PlanPreview(
                ManifestInterpreter.campaign(document.root()),
                manifest.provider(),
                manifest.account(),
                manifest.budget(),
                Optional.of(manifest.destination()),
                priority(manifest, document, deadline).label(),
                deadline,
                checked.variants(),
                checked.renders(),
                survey.price(),
                survey.draftPrice(),
                manifest.hold(),
                survey.lines(),
                survey.shares(),
                checked.ways(),
                checked.ways().isEmpty() ? "" : checked.ratios().label(),
                prices.book(manifest.provider()).map(PriceBook::toString).orElse(""),
                survey.keys(),
                survey.keyCount(),
                checked.violations().tell(survey.renders()));
    }

    private static NewRevision revision(
            Manifest manifest, Priority priority, String digest, ManifestSource source, ManifestDocument document) {
        return new NewRevision(
                manifest.campaign(),
                manifest.provider(),
                manifest.account(),
                manifest.budget(),
                priority,
                manifest.stopAfterFailures(),
                digest,
                source.name(),
                document.text(),
                manifest.hold(),
                manifest.draft());
    }

    /** Nothing of it is accepted, and the answer is empty, if a data file is not any more what was checked. */
    private Optional<Acceptance> write(
            PlanCheck.Checked checked, PlanCheck.Plan plan, NewRevision revision, int generation) {
        try (RevisionDraft draft = ledger.draft(revision)) {
            RenderWriter writer = new RenderWriter(plan, generation);
            try (RenderBatches batches = new RenderBatches(draft::add)) {
                for (Step step : plan.campaign().steps()) {
                    for (Cell cell : plan.expansion(step)) {
                        batches.add(writer.render(step, cell));
                    }
                }
                batches.finish();
            }
            return checked.data().changed().isPresent() ? Optional.empty() : Optional.of(draft.accept());
        }
    }

    /** Two renders that swap their keys would destroy each other's only copy. */
    private static Violation inUse(ManifestDocument document, String message) {
        return new Violation(
                "key",
                Severity.ERROR,
                document.places().of("/deliver/key"),
                message + ".",
                "Use keys under which nothing of this campaign lies; once everything is delivered there, the old keys are"
                        + " free for a further revision.",
                "");
    }

    private static Violation changed(PlanCheck.Checked checked) {
        return new Violation(
                DataFiles.RULE,
                Severity.ERROR,
                Place.NOWHERE,
                checked.data()
                        .changed()
                        .map(DataFiles::changed)
                        .orElse("A data file changed while it was planned with."),
                DataFiles.CHANGED_REMEDY,
                "");
    }

    private static Violation unreadable(UnreadableManifestException e) {
        return new Violation("syntax", Severity.ERROR, e.place(), e.getMessage(), e.remedy(), "");
    }
}
