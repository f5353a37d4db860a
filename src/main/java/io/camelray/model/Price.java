package io.camelray.model;

/**
 * What a render is thought to cost.
 *
 * @param expected the price book's figure
 * @param upperBound the most that the contradicting sources allow; budgets reserve this
 * @param assumption why the figure is an assumption, or empty
 */
public record Price(Money expected, Money upperBound, String assumption) {

    public Price {
        if (upperBound.compareTo(expected) < 0) {
            throw new IllegalArgumentException("Upper bound " + upperBound + " is below the price " + expected);
        }
    }

    public static Price of(Money exact) {
        return new Price(exact, exact, "");
    }

    public static final Price ZERO = of(Money.ZERO);

    /** Both together; each assumption is kept, and told once. */
    public Price plus(Price other) {
        String all = assumption.contains(other.assumption) ? assumption : (assumption + ' ' + other.assumption).trim();
        return new Price(expected.plus(other.expected), upperBound.plus(other.upperBound), all);
    }
}
