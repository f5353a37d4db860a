package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
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

    private final Map<PlanPreview.Line, Tally> lines = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final Map<Kind, OfKind> work = new LinkedHashMap<>();
    private final Map<String, Tally> steps = new LinkedHashMap<>();
    private final Map<String, Tally> ratios = new LinkedHashMap<>();
    private final Map<Integer, Tally> values = new LinkedHashMap<>();
    private final BitSet seen = new BitSet();
    private final Matrix matrix;
    private final OptionalInt objects;
    private Price price = Price.ZERO;
    private Price draftPrice = Price.ZERO;
    private long renders;
    private long keyCount;
    private boolean chained;

    /** A sum as it grows. */
    private static final class Tally {
        private final String name;
        private long renders;
        private Price price = Price.ZERO;

        Tally(String name) {
            this.name = name;
        }

        void add(Price part) {
            renders++;
            price = price.plus(part);
        }

        PlanPreview.Share share() {
            return new PlanPreview.Share(name, renders, price);
        }

        PlanPreview.Line line(PlanPreview.Line of) {
            return new PlanPreview.Line(
                    of.step(),
                    of.operation(),
                    of.aspectRatio(),
                    of.resolution(),
                    of.range(),
                    of.length(),
                    renders,
                    price,
                    of.draft());
        }
    }

    /** What takes equally long, as far as anything is known of that. */
    private record Kind(
            String step, Operation operation, Resolution resolution, ClipLength length, DynamicRange range) {}

    /** How many renders there are of a kind, and the first one of them. */
    private static final class OfKind {
        private final String step;
        private final RenderRequest first;
        private long renders;

        OfKind(String step, RenderRequest first) {
            this.step = step;
            this.first = first;
        }

        Estimator.Work work() {
            return new Estimator.Work(
                    step,
                    first,
                    renders,
                    first.media()
                            .filter(MediaRef.Step.class::isInstance)
                            .map(ref -> ((MediaRef.Step) ref).id())
                            .collect(Collectors.toSet()));
        }
    }

    Survey(Matrix matrix) {
        this.matrix = matrix;
        this.objects = IntStream.range(0, matrix.axes().size())
                .filter(axis -> matrix.axes().get(axis).hasObjects())
                .findFirst();
    }

    void add(Variant variant, List<PlannedOutput> outputs) {
        renders++;
        chained = chained || variant.request().media().anyMatch(MediaRef.Step.class::isInstance);
        price = price.plus(variant.price());
        addWork(variant.step().id(), variant.request());
        if (variant.step().draft()) {
            draftPrice = draftPrice.plus(variant.price());
        }
        lines.computeIfAbsent(line(variant), line -> new Tally("")).add(variant.price());
        share(steps, variant.step().id(), variant.price());
        variant.request().aspectRatio().ifPresent(ratio -> share(ratios, ratio.label(), variant.price()));
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
        Tally known = values.get(value);
        if (known == null && values.size() < PlanPreview.VALUES) {
            known = new Tally(matrix.axes().get(axis).value(value).text());
            values.put(value, known);
        }
        if (known != null) {
            known.add(part);
        }
    }

    private static void share(Map<String, Tally> shares, String name, Price part) {
        shares.computeIfAbsent(name, Tally::new).add(part);
    }

    private static PlanPreview.Line line(Variant variant) {
        RenderRequest request = variant.request();
        return new PlanPreview.Line(
                variant.step().id(),
                request.operation(),
                request.aspectRatio(),
                request.resolution(),
                request.dynamicRange(),
                request.length(),
                0,
                Price.ZERO,
                variant.step().draft());
    }

    private void addWork(String step, RenderRequest request) {
        Kind kind = new Kind(step, request.operation(), request.resolution(), request.length(), request.dynamicRange());
        work.computeIfAbsent(kind, any -> new OfKind(step, request)).renders++;
    }

    /** What there is to do, by kind. */
    List<Estimator.Work> work() {
        return work.values().stream().map(OfKind::work).toList();
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
                shares(steps),
                objects.isPresent() ? matrix.axes().get(objects.getAsInt()).name() : "",
                shares(values),
                seen.cardinality(),
                shares(ratios));
    }

    List<PlanPreview.Line> lines() {
        return lines.entrySet().stream()
                .map(entry -> entry.getValue().line(entry.getKey()))
                .toList();
    }

    private static List<PlanPreview.Share> shares(Map<?, Tally> tallies) {
        return tallies.values().stream().map(Tally::share).toList();
    }
}
