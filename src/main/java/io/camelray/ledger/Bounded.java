package io.camelray.ledger;

/** Texts from outside, cut to what a column holds. */
final class Bounded {
    private static final int LENGTH = 2000;

    private Bounded() {}

    static String text(String text) {
        if (text == null) {
            return "";
        }
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH - 1) + "…";
    }
}
