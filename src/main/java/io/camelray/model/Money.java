package io.camelray.model;

import java.math.BigDecimal;

/** An amount of US dollars, exact to the micro-dollar. */
public record Money(long micros) implements Comparable<Money> {

    public static final Money ZERO = new Money(0);
    private static final int SCALE = 6;

    /**
     * Reads a decimal amount of dollars.
     *
     * @throws ArithmeticException if the amount is finer than a micro-dollar or does not fit
     * @throws NumberFormatException if the text is not a decimal number
     */
    public static Money dollars(String amount) {
        return dollars(new BigDecimal(amount));
    }

    /** Reads a decimal amount of dollars. @throws ArithmeticException if it is finer than a micro-dollar */
    public static Money dollars(BigDecimal amount) {
        return new Money(amount.movePointRight(SCALE).longValueExact());
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(micros, other.micros));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(micros, other.micros));
    }

    public Money times(long count) {
        return new Money(Math.multiplyExact(micros, count));
    }

    /** Dollars with at least two decimals. */
    public BigDecimal toDollars() {
        BigDecimal dollars = BigDecimal.valueOf(micros, SCALE).stripTrailingZeros();
        return dollars.scale() < 2 ? dollars.setScale(2) : dollars;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, other.micros);
    }

    /** {@code $0.30}, {@code $0.0625}. */
    @Override
    public String toString() {
        return "$" + toDollars().toPlainString();
    }
}
