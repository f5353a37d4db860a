package io.camelray.intake;

import java.text.Normalizer;

/** Makes a value safe for S3 keys and for file names everywhere. */
final class SafeName {

    private SafeName() {}

    /** Letters, digits, {@code - _ .} stay; {@code 16:9} becomes {@code 16x9}; outer and double dots become underscores. */
    static String of(String value) {
        if (isPlain(value)) {
            return value;
        }
        String text = Normalizer.normalize(value, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int width = Character.charCount(c);
            if (c == ':' && isDigit(text, i - 1) && isDigit(text, i + 1)) {
                out.append('x');
            } else if (c == '.' && out.chars().allMatch(before -> before == '_')) {
                out.append('_');
            } else if (isSafe(c)) {
                out.appendCodePoint(c);
            } else {
                out.append('-');
            }
            i += width;
        }
        for (int two = out.indexOf(".."); two >= 0; two = out.indexOf("..")) {
            out.replace(two, two + 2, "__");
        }
        for (int end = out.length() - 1; end >= 0 && out.charAt(end) == '.'; end--) {
            out.setCharAt(end, '_');
        }
        return out.toString();
    }

    /** Whether there is nothing to change: most ids are letters, digits and hyphens. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(String text, int index) {
        return index >= 0 && index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean isSafe(int c) {
        return c == '-'
                || c == '_'
                || c == '.'
                || Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
