package io.camelray.intake;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Operation;
import io.camelray.model.Place;
import io.camelray.model.Price;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.Finding;
import io.camelray.rules.RuleBook;
import io.camelray.rules.RuleContext;
import io.camelray.rules.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a cell into a request, checks it against the rules and prices it. */
final class VariantReader {

    private static final String UNREADABLE_PROMPT = "?";

    private final Campaign campaign;
    private final RuleBook rules;
    private final RuleContext context;
    private final PriceBooks prices;
    private final VariantFields fields;

    VariantReader(Campaign campaign, RuleBook rules, RuleContext context, PriceBooks prices) {
        this.campaign = campaign;
        this.rules = rules;
        this.context = context;
        this.prices = prices;
        this.fields = new VariantFields(campaign, new FieldRules(rules, context.provider()));
    }

    Variant read(Cell cell, Violations violations) {
        String label = campaign.matrix().label(cell);
        Names names = new Names(
                campaign.matrix(),
                cell,
                Map.of(Names.CAMPAIGN, campaign.manifest().campaign(), Names.STEP, Manifest.STEP, Names.CELL, label));
        VariantFields.Values values = new VariantFields.Values();
        for (RenderField field : RenderField.values()) {
            if (field != RenderField.PROMPT) {
                fields.read(field, cell, names, values, violations);
            }
        }
        Names formats = names.with(effective(values));
        fields.read(RenderField.PROMPT, cell, formats, values, violations);
        RenderRequest request = request(values);
        Names all = formats.with(Map.of(RenderField.PROMPT.label(), request.prompt()));
        boolean sound = check(request, values, label, violations);
        return new Variant(cell, label, request, all, sound ? price(request, label, violations) : Price.ZERO);
    }

    private static RenderRequest request(VariantFields.Values values) {
        String unreadable = values.isSaid(RenderField.PROMPT) ? UNREADABLE_PROMPT : "";
        return RenderRequest.builder(
                        Operation.GENERATE, values.text(RenderField.PROMPT).orElse(unreadable))
                .aspectRatio(values.label(RenderField.ASPECT_RATIO, AspectRatio.class))
                .resolution(
                        values.label(RenderField.RESOLUTION, Resolution.class).orElse(Resolution.P720))
                .length(values.label(RenderField.DURATION, ClipLength.class).orElse(ClipLength.FIVE_SECONDS))
                .hdr(values.flag(RenderField.HDR))
                .exrExport(values.flag(RenderField.EXR_EXPORT))
                .loop(values.flag(RenderField.LOOP))
                .build();
    }

    private static Map<String, String> effective(VariantFields.Values values) {
        RenderRequest request = request(values);
        Map<String, String> effective = new HashMap<>();
        request.aspectRatio().ifPresent(ratio -> effective.put(RenderField.ASPECT_RATIO.label(), ratio.label()));
        effective.put(RenderField.RESOLUTION.label(), request.resolution().label());
        effective.put(RenderField.DURATION.label(), request.length().label());
        effective.put(RenderField.HDR.label(), String.valueOf(request.hdr()));
        effective.put(RenderField.EXR_EXPORT.label(), String.valueOf(request.exrExport()));
        effective.put(RenderField.LOOP.label(), String.valueOf(request.loop()));
        return effective;
    }

    /** @return whether no rule refuses it */
    private boolean check(RenderRequest request, VariantFields.Values values, String label, Violations violations) {
        List<Finding> findings = rules.check(request, context);
        for (Finding finding : findings) {
            String pointer = values.pointer(finding.field());
            String identity = finding.rule().id() + '\n' + finding.severity() + '\n' + pointer;
            violations.inVariant(
                    finding.rule().stage(), identity, () -> violation(finding, campaign.place(pointer), label));
        }
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private static Violation violation(Finding finding, Place place, String label) {
        return new Violation(
                finding.rule().id(), finding.severity(), place, finding.message(), finding.remedy(), label);
    }

    private Price price(RenderRequest request, String label, Violations violations) {
        Optional<Price> price = prices.price(context.provider(), request);
        if (price.isEmpty()) {
            String what = request.operation().label() + ", "
                    + request.resolution().label() + ", " + request.length().label() + ", "
                    + request.dynamicRange().label();
            violations.inVariant(
                    Stage.ACCOUNT,
                    "R108\n" + what,
                    () -> new Violation(
                            "R108",
                            Severity.ERROR,
                            campaign.place(""),
                            "The price of " + what + " at " + context.provider().label() + " is not known.",
                            "Ask for something that the price book quotes.",
                            label));
        }
        return price.orElse(Price.ZERO);
    }
}
