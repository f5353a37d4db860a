package io.camelray.intake;

import io.camelray.assets.MediaRefusal;
import io.camelray.model.Operation;
import io.camelray.model.Place;
import io.camelray.model.Price;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.model.SourceLength;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.Finding;
import io.camelray.rules.RuleBook;
import io.camelray.rules.RuleContext;
import io.camelray.rules.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a cell of a step into a request, checks it against the rules and prices it. */
final class VariantReader {

    private final Campaign campaign;
    private final RuleFindings rules;
    private final RuleContext context;
    private final PriceBooks prices;
    private final RequestReader requests;
    private final Lineage lineage;
    private final MediaLooks looks;
    private final GenerationRecords generations;

    VariantReader(
            Campaign campaign,
            RuleBook rules,
            RuleContext context,
            PriceBooks prices,
            References references,
            MediaLooks looks,
            GenerationRecords generations,
            Filler filler) {
        this.looks = looks;
        this.generations = generations;
        this.campaign = campaign;
        this.rules = new RuleFindings(rules);
        this.context = context;
        this.prices = prices;
        FieldTexts texts = new FieldTexts(new FieldRules(rules, context.provider()), filler);
        this.requests = new RequestReader(campaign, new VariantFields(campaign, texts, references));
        this.lineage = new Lineage(context.provider(), requests, looks::content);
    }

    Variant read(Step step, Cell cell, Violations violations) {
        RequestReader.Reading reading = requests.read(step, cell, violations);
        Lineage.Origin origin = lineage.of(step, cell, reading.request());
        boolean reachable = look(reading, violations);
        boolean sound = step.understood() && check(reading, origin, violations) && reachable;
        Price price = sound ? price(step, reading, origin, violations) : Price.ZERO;
        RenderRequest request = inherit(reading.request(), origin);
        return new Variant(step, cell, reading.label(), request, reading.names(), price, origin);
    }

    /** An extension that names no ratio has its source's: leaving it out makes the provider fail (R22). */
    private static RenderRequest inherit(RenderRequest request, Lineage.Origin origin) {
        if (request.operation() != Operation.EXTEND || request.aspectRatio().isPresent()) {
            return request;
        }
        return origin.source()
                .flatMap(source -> source.request().aspectRatio())
                .map(request::withAspectRatio)
                .orElse(request);
    }

    /** @return whether everything that it starts from can be used */
    private boolean look(RequestReader.Reading reading, Violations violations) {
        Map<String, MediaRefusal> refusals = looks.refusals(reading.request());
        refusals.forEach((field, refusal) -> {
            String pointer = reading.values().pointer(field);
            violations.inVariant(
                    Stage.REFERENCES,
                    "reference\n" + pointer + '\n' + refusal.reason(),
                    () -> new Violation(
                            "reference",
                            Severity.ERROR,
                            campaign.place(pointer),
                            refusal.reason(),
                            refusal.remedy(),
                            reading.label()));
        });
        return refusals.isEmpty();
    }

    /** @return whether no rule refuses it */
    private boolean check(RequestReader.Reading reading, Lineage.Origin origin, Violations violations) {
        List<Finding> findings = findings(
                reading.request(), origin.source().map(Lineage.Ancestor::request), length(reading.request(), origin));
        for (Finding finding : findings) {
            if (!reading.values().isUnusable(finding.field())) {
                String pointer = reading.values().pointer(finding.field());
                String identity = finding.rule().id() + '\n' + finding.severity() + '\n' + pointer;
                violations.inVariant(
                        finding.rule().stage(),
                        identity,
                        () -> violation(finding, campaign.place(pointer), reading.label()));
            }
        }
        return findings.isEmpty() || findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** How long the source is: what was measured, else what is on record of it, else what its lineage says. */
    private SourceLength length(RenderRequest request, Lineage.Origin origin) {
        return request.source()
                .map(ref -> looks.facts(request).get(ref))
                .filter(facts -> facts.seconds() > 0)
                .map(facts -> SourceLength.measured(facts.seconds()))
                .or(() -> generations.length(request))
                .orElse(origin.length());
    }

    /**
     * What the rules say.
     *
     * @param parent the request of the source, if an earlier step makes it
     * @param source how long the source is
     */
    private List<Finding> findings(RenderRequest request, Optional<RenderRequest> parent, SourceLength source) {
        RuleContext known = source.equals(SourceLength.NONE) ? context : context.withSourceLength(source);
        RuleContext looked = known.withFacts(looks.facts(request)).withOwn(generations.of(request));
        return rules.of(request, parent.map(looked::withParent).orElse(looked));
    }

    private Optional<Price> quote(RenderRequest request, SourceLength source) {
        return prices.price(context.provider(), request, source);
    }

    private static Violation violation(Finding finding, Place place, String label) {
        return new Violation(
                finding.rule().id(), finding.severity(), place, finding.message(), finding.remedy(), label);
    }

    private Price price(Step step, RequestReader.Reading reading, Lineage.Origin origin, Violations violations) {
        RenderRequest request = reading.request();
        Optional<Price> price = quote(request, length(request, origin));
        if (price.isEmpty()) {
            String what = what(request);
            violations.inVariant(
                    Stage.ACCOUNT,
                    "R108\n" + step.pointer() + '\n' + what,
                    () -> new Violation(
                            "R108",
                            Severity.ERROR,
                            campaign.place(step.pointer()),
                            "The price of " + what + " at " + context.provider().label() + " is not known.",
                            "Ask for something that the price book quotes.",
                            reading.label()));
        }
        return price.orElse(Price.ZERO);
    }

    private static String what(RenderRequest request) {
        boolean ownLength = request.operation() == Operation.GENERATE || request.operation() == Operation.EXTEND;
        return request.operation().label() + ", " + request.resolution().label()
                + (ownLength ? ", " + request.length().label() : "")
                + ", " + request.dynamicRange().label();
    }
}
