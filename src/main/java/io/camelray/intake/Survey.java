package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.model.Price;
import io.camelray.model.RenderRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what a plan holds, in memory that does not grow with it. */
final class Survey {

    private final Map<PlanPreview.Line, PlanPreview.Line> lines = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private Price price = Price.ZERO;
    private long renders;
    private long keyCount;

    void add(Variant variant, List<PlannedOutput> outputs) {
        renders++;
        price = price.plus(variant.price());
        lines.merge(line(variant, 0, Price.ZERO), line(variant, 1, variant.price()), Survey::plus);
        for (PlannedOutput output : outputs) {
            keyCount++;
            if (keys.size() < PlanPreview.KEYS) {
                keys.add(output.key());
            }
        }
    }

    private static PlanPreview.Line line(Variant variant, long renders, Price price) {
        RenderRequest request = variant.request();
        return new PlanPreview.Line(
                variant.step().id(),
                request.operation(),
                request.aspectRatio(),
                request.resolution(),
                request.dynamicRange(),
                request.length(),
                renders,
                price);
    }

    private static PlanPreview.Line plus(PlanPreview.Line sum, PlanPreview.Line one) {
        return new PlanPreview.Line(
                sum.step(),
                sum.operation(),
                sum.aspectRatio(),
                sum.resolution(),
                sum.range(),
                sum.length(),
                sum.renders() + one.renders(),
                sum.price().plus(one.price()));
    }

    Price price() {
        return price;
    }

    long renders() {
        return renders;
    }

    long keyCount() {
        return keyCount;
    }

    List<String> keys() {
        return keys;
    }

    List<PlanPreview.Line> lines() {
        return List.copyOf(lines.values());
    }
}
