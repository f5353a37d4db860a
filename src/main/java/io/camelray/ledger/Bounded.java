package io.camelray.ledger;

/** Texts from outside, cut to what a column holds, without the one character that PostgreSQL cannot keep. */
final class Bounded {
    private static final int LENGTH = 2000;

    private Bounded() {}

    static String text(String text) {
        if (text == null) {
            return "";
        }
        String kept = text.replace("\0", "");
        return kept.length() <= LENGTH ? kept : kept.substring(0, LENGTH - 1) + "…";
    }
}
