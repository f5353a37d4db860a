package io.camelray.intake;

import io.camelray.model.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns a manifest's bytes into text. */
final class ManifestText {

    private static final Place START = new Place("", 1, 1);
    private static final String SAVE_AS_UTF8 = "Save the file as UTF-8.";

    private ManifestText() {}

    /** The text without its byte order mark. */
    static String decode(byte[] bytes) throws UnreadableManifestException {
        if (bytes.length > ManifestSource.MAX_BYTES) {
            throw new UnreadableManifestException(
                    START,
                    "The manifest is larger than " + ManifestSource.MAX_BYTES / 1024 / 1024 + " MB.",
                    "Split the campaign into several manifests.");
        }
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            throw new UnreadableManifestException(START, "The manifest is UTF-16, not UTF-8.", SAVE_AS_UTF8);
        }
        int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, start, bytes.length - start), out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new UnreadableManifestException(
                    placeAfter(text), "The bytes that follow here are not UTF-8 text.", SAVE_AS_UTF8);
        }
        return text;
    }

    /** What was read, as far as it can be shown: for reports about manifests that are not text. */
    static String show(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, ManifestSource.MAX_BYTES), StandardCharsets.UTF_8);
    }

    /** The place of the character that would follow this text. */
    static Place placeAfter(String text) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place("", line, text.codePointCount(lineStart, text.length()) + 1);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
