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

    private final Campaign campaign;
    private final VariantReader variants;

    CountPrice(Campaign campaign, VariantReader variants) {
        this.campaign = campaign;
        this.variants = variants;
    }

    /** Empty when no price is known, or the sum is beyond counting. */
    Optional<Price> of(long count) {
        List<int[]> samples = samples();
        Price sum = Price.ZERO;
        for (int[] at : samples) {
            sum = sum.plus(variants.read(new Cell(0, at), new Violations()).price());
        }
        try {
            Price total = new Price(
                    new Money(sum.expected().times(count).micros() / samples.size()),
                    new Money(sum.upperBound().times(count).micros() / samples.size()),
                    "");
            return total.equals(Price.ZERO) ? Optional.empty() : Optional.of(total);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private List<int[]> samples() {
        List<int[]> samples = new ArrayList<>();
        samples.add(new int[campaign.matrix().axes().size()]);
        for (int axis = 0; axis < campaign.matrix().axes().size(); axis++) {
            Axis priced = campaign.matrix().axes().get(axis);
            if (PRICED.contains(priced.name()) && samples.size() * (long) priced.size() <= MOST) {
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
