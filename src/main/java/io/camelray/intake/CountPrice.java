package io.camelray.intake;

import io.camelray.model.Money;
import io.camelray.model.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What so many renders would cost, told from the axes that a price depends on: good enough to refuse a matrix. */
final class CountPrice {

    private static final Set<String> PRICED = Set.of(
            RenderField.RESOLUTION.label(),
            RenderField.DURATION.label(),
            RenderField.HDR.label(),
            RenderField.EXR_EXPORT.label());
    private static final int MOST = 256;

    private final PlanCheck.Plan plan;

    CountPrice(PlanCheck.Plan plan) {
        this.plan = plan;
    }

    /** Empty when no price is known, or the sum is beyond counting. */
    Optional<Price> total() {
        try {
            Price total = Price.ZERO;
            for (Step step : plan.campaign().steps()) {
                total = total.plus(of(step, plan.expansion(step).count()));
            }
            return total.equals(Price.ZERO) ? Optional.empty() : Optional.of(total);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Price of(Step step, long count) {
        List<int[]> samples = samples(step);
        Price sum = Price.ZERO;
        for (int[] at : samples) {
            sum = sum.plus(plan.variants()
                    .read(step, new Cell(0, at), new Violations())
                    .price());
        }
        return new Price(
                new Money(sum.expected().times(count).micros() / samples.size()),
                new Money(sum.upperBound().times(count).micros() / samples.size()),
                "");
    }

    private List<int[]> samples(Step step) {
        List<Axis> axes = plan.campaign().matrix().axes();
        List<int[]> samples = new ArrayList<>();
        samples.add(step.each().project(new int[axes.size()]));
        for (int axis = 0; axis < axes.size(); axis++) {
            Axis priced = axes.get(axis);
            if (step.each().covers(axis)
                    && PRICED.contains(priced.name())
                    && samples.size() * (long) priced.size() <= MOST) {
                samples = spread(samples, axis, priced.size());
            }
        }
        return samples;
    }

    private static List<int[]> spread(List<int[]> samples, int axis, int size) {
        List<int[]> out = new ArrayList<>();
        for (int[] sample : samples) {
            for (int value = 0; value < size; value++) {
                int[] copy = sample.clone();
                copy[axis] = value;
                out.add(copy);
            }
        }
        return out;
    }
}
