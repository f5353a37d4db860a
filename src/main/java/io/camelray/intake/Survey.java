package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.model.MediaRef;
import io.camelray.model.Price;
import io.camelray.model.RenderRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Adds up what a plan holds, in memory that does not grow with it. */
final class Survey {

    private final Map<PlanPreview.Line, PlanPreview.Line> lines = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final Map<String, Estimator.Work> work = new LinkedHashMap<>();
    private final Map<String, PlanPreview.Share> steps = new LinkedHashMap<>();
    private final Map<String, PlanPreview.Share> ratios = new LinkedHashMap<>();
    private final Map<Integer, PlanPreview.Share> values = new LinkedHashMap<>();
    private final BitSet seen = new BitSet();
    private final Matrix matrix;
    private final OptionalInt objects;
    private Price price = Price.ZERO;
    private Price draftPrice = Price.ZERO;
    private long renders;
    private long keyCount;
    private boolean chained;

    Survey(Matrix matrix) {
        this.matrix = matrix;
        this.objects = IntStream.range(0, matrix.axes().size())
                .filter(axis -> matrix.axes().get(axis).hasObjects())
                .findFirst();
    }

    void add(Variant variant, List<PlannedOutput> outputs) {
        renders++;
        chained |= variant.request().media().anyMatch(MediaRef.Step.class::isInstance);
        price = price.plus(variant.price());
        addWork(variant.step().id(), variant.request());
        if (variant.step().draft()) {
            draftPrice = draftPrice.plus(variant.price());
        }
        lines.merge(line(variant, 0, Price.ZERO), line(variant, 1, variant.price()), Survey::plus);
        share(steps, variant.step().id(), variant.step().id(), variant.price());
        variant.request()
                .aspectRatio()
                .ifPresent(ratio -> share(ratios, ratio.label(), ratio.label(), variant.price()));
        objects.ifPresent(axis -> addValue(axis, variant.cell().at()[axis], variant.price()));
        for (PlannedOutput output : outputs) {
            keyCount++;
            if (keys.size() < PlanPreview.KEYS) {
                keys.add(output.key());
            }
        }
    }

    private void addValue(int axis, int value, Price part) {
        if (value == CellPatterns.ANY) {
            return;
        }
        seen.set(value);
        if (values.containsKey(value) || values.size() < PlanPreview.VALUES) {
            share(values, value, matrix.axes().get(axis).value(value).text(), part);
        }
    }

    private static <K> void share(Map<K, PlanPreview.Share> shares, K key, String name, Price part) {
        shares.merge(
                key,
                new PlanPreview.Share(name, 1, part),
                (sum, one) -> new PlanPreview.Share(
                        name, sum.renders() + 1, sum.price().plus(one.price())));
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
                price,
                variant.step().draft());
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
                sum.price().plus(one.price()),
                sum.draft());
    }

    /** Renders that take equally long, as far as anything is known of that. */
    private void addWork(String step, RenderRequest request) {
        String kind = step
                + ' '
                + request.operation()
                + ' '
                + request.resolution()
                + ' '
                + request.length()
                + ' '
                + request.dynamicRange();
        Estimator.Work known = work.get(kind);
        work.put(
                kind,
                known != null
                        ? known.plus(1)
                        : new Estimator.Work(
                                step,
                                request,
                                1,
                                request.media()
                                        .filter(MediaRef.Step.class::isInstance)
                                        .map(ref -> ((MediaRef.Step) ref).id())
                                        .collect(Collectors.toSet())));
    }

    /** What there is to do, by kind. */
    List<Estimator.Work> work() {
        return List.copyOf(work.values());
    }

    Price price() {
        return price;
    }

    /** Of the drafts alone. */
    Price draftPrice() {
        return draftPrice;
    }

    long renders() {
        return renders;
    }

    /** Whether anything starts from the result of another step. */
    boolean isChained() {
        return chained;
    }

    long keyCount() {
        return keyCount;
    }

    List<String> keys() {
        return keys;
    }

    /** Who shares in the price. */
    PlanPreview.Shares shares() {
        return new PlanPreview.Shares(
                List.copyOf(steps.values()),
                objects.isPresent() ? matrix.axes().get(objects.getAsInt()).name() : "",
                List.copyOf(values.values()),
                seen.cardinality(),
                List.copyOf(ratios.values()));
    }

    List<PlanPreview.Line> lines() {
        return List.copyOf(lines.values());
    }
}
