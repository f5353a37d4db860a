package io.camelray.pricing;

import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.RenderRequest;
import io.camelray.model.SourceLength;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One quoted figure, and how a request's price is made from it.
 *
 * @param expected per unit
 * @param upperBound per unit; the most that contradicting sources say
 * @param upperBoundOfOne the same where it differs for a single unit
 * @param longestSource seconds to assume of a source that nobody measured
 * @param assumption why the figure is one, or why the upper bound differs; may be empty
 */
record Tariff(
        BillingUnit unit,
        Money expected,
        Money upperBound,
        Optional<Money> upperBoundOfOne,
        int longestSource,
        String assumption) {

    private static final int BLOCK_SECONDS = 5;
    /** What a clip may be longer than it is called, and still count as what it is called (ray-api §3.6). */
    private static final BigDecimal TOLERANCE = new BigDecimal("0.1");

    Price price(RenderRequest request, SourceLength source) {
        return switch (request.operation()) {
            case GENERATE -> exactly(request.length().seconds());
            case EXTEND -> exactly(BLOCK_SECONDS);
            case EDIT, REFRAME -> following(source.longestSeconds() > 0 ? source : SourceLength.unknown(longestSource));
        };
    }

    private Price exactly(int seconds) {
        long count = unit.count(BigDecimal.valueOf(seconds));
        return price(count, count, "");
    }

    private Price following(SourceLength source) {
        long most = unit.count(BigDecimal.valueOf(source.longestSeconds()));
        long count = unit.count(BigDecimal.valueOf(source.expectedSeconds()).subtract(TOLERANCE));
        if (source.assumed()) {
            return price(count, most, "The source's length is not known; " + seconds(source) + " s are assumed.");
        }
        return price(
                count,
                most,
                count == most ? "" : "The source is a little longer than " + times(count) + " and may count as more.");
    }

    private Price price(long count, long most, String lengthAssumption) {
        Money reserved = most == 1 ? upperBoundOfOne.orElse(upperBound) : upperBound.times(most);
        boolean doubtful = upperBoundOfOne.isEmpty() || most == 1;
        String why = ((doubtful ? assumption : "") + " " + lengthAssumption).strip();
        return new Price(expected.times(count), reserved, why);
    }

    private String times(long count) {
        return count + " " + unit.label() + (count == 1 ? "" : "s");
    }

    private static String seconds(SourceLength source) {
        return BigDecimal.valueOf(source.longestSeconds()).stripTrailingZeros().toPlainString();
    }
}
