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
import java.time.Duration;
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
 * @param deadline by when it is wanted, and what that takes, if it says so
 * @param variants cells of the matrix
 * @param renders paid generations
 * @param price of all renders together, drafts and what waits for approval included
 * @param draftPrice of the drafts alone, which are rendered first; zero when there are none
 * @param hold how long it could be taken back for nothing
 * @param lines the price by what is rendered
 * @param shares the price by step, by value and by ratio
 * @param ways to come to several aspect ratios, to choose from; none where there is nothing to choose
 * @param ratios the way that the manifest takes; empty where there is nothing to choose
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
        Optional<Deadline> deadline,
        long variants,
        long renders,
        Price price,
        Price draftPrice,
        Duration hold,
        List<Line> lines,
        Shares shares,
        List<Way> ways,
        String ratios,
        String priceBook,
        List<String> keys,
        long keyCount,
        List<Violation> violations) {

    /** How many keys a preview shows. */
    public static final int KEYS = 50;

    public PlanPreview {
        lines = List.copyOf(lines);
        ways = List.copyOf(ways);
        keys = List.copyOf(keys);
        violations = List.copyOf(violations);
    }

    /** Whether planning it would be accepted. */
    public boolean acceptable() {
        return violations.stream().noneMatch(Violation::refuses);
    }

    /** How many values of an axis a preview shows. */
    public static final int VALUES = 50;

    /** A part of the renders. @param price of them together */
    public record Share(String name, long renders, Price price) {}

    /**
     * The price as different people ask for it. A render without an aspect ratio of its own has no share in ratios, one
     * that serves all values of the axis none in values.
     *
     * @param axis the first axis of objects; empty without one
     * @param values its first values
     * @param valueCount how many values there are in all
     */
    public record Shares(List<Share> steps, String axis, List<Share> values, long valueCount, List<Share> ratios) {

        static final Shares NONE = new Shares(List.of(), "", List.of(), 0, List.of());
    }

    /**
     * A way to come to several aspect ratios.
     *
     * @param ratios {@code native} or {@code reframe}, as a manifest chooses it
     * @param problem why it cannot be taken; empty if it can
     */
    public record Way(String ratios, long renders, Price price, String problem) {

        public boolean isPossible() {
            return problem.isEmpty();
        }
    }

    /** All renders of one kind. @param price of them together @param draft whether they are drafts */
    public record Line(
            String step,
            Operation operation,
            Optional<AspectRatio> aspectRatio,
            Resolution resolution,
            DynamicRange range,
            ClipLength length,
            long renders,
            Price price,
            boolean draft) {}
}
