package io.camelray.intake;

import io.camelray.assets.KeptMedia;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes one render into the ledger without a manifest: a campaign of its own, checked by the same rules and prices. A
 * request is known by its key and by what it asks for, not by how that is written. Thread-safe.
 */
public final class AdHocPlan {

    private static final int TURNS = 64;

    private final Ledger ledger;
    private final PlanningSettings settings;
    private final KeptMedia kept;
    private final PlanCheck check;
    private final PlanCheck reading;
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    /**
     * @param settings the destination of ad-hoc requests among them
     * @param media must keep files
     */
    public AdHocPlan(Ledger ledger, PlanningSettings settings, RuleBook rules, PriceBooks prices, PlanMedia media) {
        this.ledger = ledger;
        this.settings = settings;
        this.kept = media.kept().orElseThrow(() -> new IllegalArgumentException("Ad-hoc requests keep their files"));
        this.check = new PlanCheck(settings, rules, prices, media);
        this.reading = new PlanCheck(
                settings,
                rules,
                prices,
                new PlanMedia(Optional.empty(), Optional.empty(), media.urls(), media.hosted()));
    }

    /**
     * Plans the request, unless its key is known: then it is looked at no further than whether it is the same. Looking
     * into its references can take seconds; calls with one key wait for each other.
     *
     * @throws io.camelray.ledger.LedgerUnavailableException if the ledger cannot be reached; asking again is safe
     */
    public AdHocResult plan(AdHocRequest request) {
        ManifestDocument document;
        try {
            document = AdHocDocument.of(request);
        } catch (UnreadableManifestException e) {
            return new AdHocResult.Rejected(
                    List.of(new Violation("syntax", Severity.ERROR, Place.NOWHERE, e.getMessage(), e.remedy(), "")));
        }
        AdHocMedia files = new AdHocMedia(AdHocDocument.trusted(request), settings.assetsAllowed(), kept);
        synchronized (turns.get(Math.floorMod(request.key().hashCode(), TURNS))) {
            Optional<RenderRecord> known = known(request.campaign());
            return known.isPresent() ? attach(request, known.get(), document, files) : add(request, document, files);
        }
    }

    private Optional<RenderRecord> known(String campaign) {
        List<RenderRecord> renders = new ArrayList<>();
        ledger.renders(campaign, renders::add);
        return renders.stream().findFirst();
    }

    /** The references are not looked into again: what was paid for is answered, whatever became of them. */
    private AdHocResult attach(AdHocRequest request, RenderRecord known, ManifestDocument document, AdHocMedia files) {
        PlanCheck.Checked read = reading.check(document, files.files());
        boolean same = read.plan()
                        .map(AdHocPlan::render)
                        .filter(now -> isSame(now, known))
                        .isPresent()
                && request.provider()
                        .orElse(known.provider().label())
                        .equals(known.provider().label())
                && request.account().orElse(known.account()).equals(known.account());
        if (same) {
            return new AdHocResult.Planned(known.id(), false, List.of());
        }
        return read.violations().refuse() ? rejected(read, files) : new AdHocResult.KeyTaken(known.id());
    }

    private static boolean isSame(PlannedRender now, RenderRecord known) {
        return now.fingerprint().equals(known.fingerprint());
    }

    private AdHocResult add(AdHocRequest request, ManifestDocument document, AdHocMedia files) {
        PlanCheck.Checked checked = check.check(document, files.files());
        if (checked.violations().refuse() || checked.plan().isEmpty()) {
            return rejected(checked, files);
        }
        Manifest manifest = checked.manifest();
        PlannedRender render = render(checked.plan().get());
        NewRevision revision = new NewRevision(
                manifest.campaign(),
                manifest.provider(),
                manifest.account(),
                manifest.budget(),
                manifest.priority(),
                manifest.stopAfterFailures(),
                render.fingerprint(),
                "ray:" + request.operation().label(),
                document.text());
        try (RevisionDraft draft = ledger.draft(revision)) {
            draft.add(List.of(render));
            Optional<RenderRecord> meanwhile = known(request.campaign());
            if (meanwhile.isPresent()) { // on another node
                return attach(request, meanwhile.get(), document, files);
            }
            draft.accept();
        }
        return new AdHocResult.Planned(known(request.campaign()).orElseThrow().id(), true, told(checked, files));
    }

    private static PlannedRender render(PlanCheck.Plan plan) {
        Step step = plan.campaign().steps().get(0);
        return new RenderWriter(plan, 1)
                .render(step, plan.expansion(step).iterator().next());
    }

    private static AdHocResult rejected(PlanCheck.Checked checked, AdHocMedia files) {
        return new AdHocResult.Rejected(told(checked, files));
    }

    private static List<Violation> told(PlanCheck.Checked checked, AdHocMedia files) {
        return checked.violations().tell(1).stream()
                .map(AdHocDocument::ofField)
                .map(files::asWritten)
                .toList();
    }
}
