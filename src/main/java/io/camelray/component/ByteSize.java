package io.camelray.component;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as operators write them: {@code 5000000}, {@code 500 KB}, {@code 1.5GB}; in powers of ten, as disks are sold. */
final class ByteSize {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?) ?([KMGT]?B?)");
    private static final String UNITS = "KMGT";

    private ByteSize() {}

    /** @throws IllegalArgumentException if it is no size, or no whole number of bytes */
    static long parse(String text) {
        Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 500MB or 5GB");
        }
        int power =
                size.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(size.group(2).charAt(0));
        try {
            return new BigDecimal(size.group(1)).scaleByPowerOfTen(3 * power).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number of bytes, or too many", e);
        }
    }
}
