package io.camelray.intake;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Destination;
import io.camelray.model.DynamicRange;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.Resolution;
import io.camelray.model.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What a manifest would do, without doing it.
 *
 * @param campaign its name, if it could be read
 * @param provider who would render
 * @param account who would pay
 * @param budget the campaign's cap
 * @param destination where outputs would go
 * @param priority the lane, as written
 * @param variants cells of the matrix
 * @param renders paid generations
 * @param price of all renders together
 * @param lines the price by what is rendered
 * @param priceBook which prices, of which day; empty when there are none
 * @param keys the first object keys
 * @param keyCount how many object keys in all
 * @param violations errors and warnings
 */
public record PlanPreview(
        Optional<String> campaign,
        ProviderName provider,
        String account,
        Money budget,
        Optional<Destination> destination,
        String priority,
        long variants,
        long renders,
        Price price,
        List<Line> lines,
        String priceBook,
        List<String> keys,
        long keyCount,
        List<Violation> violations) {

    /** How many keys a preview shows. */
    public static final int KEYS = 50;

    public PlanPreview {
        lines = List.copyOf(lines);
        keys = List.copyOf(keys);
        violations = List.copyOf(violations);
    }

    /** Whether planning it would be accepted. */
    public boolean acceptable() {
        return violations.stream().noneMatch(Violation::refuses);
    }

    /** All renders of one kind. @param price of them together */
    public record Line(
            String step,
            Operation operation,
            Optional<AspectRatio> aspectRatio,
            Resolution resolution,
            DynamicRange range,
            ClipLength length,
            long renders,
            Price price) {}
}
