package io.camelray.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The first bytes of a file, and what they tell. */
final class Magic {

    private static final int ENOUGH = 64;
    private static final byte[] EXR = {0x76, 0x2F, 0x31, 0x01};
    private static final byte[] ZIP = {0x50, 0x4B, 0x03, 0x04};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final byte[] bytes;

    private Magic(byte[] bytes) {
        this.bytes = bytes;
    }

    static Magic of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Magic(in.readNBytes(ENOUGH));
        }
    }

    boolean isExr() {
        return startsWith(EXR);
    }

    boolean isZip() {
        return startsWith(ZIP);
    }

    /** The content type of an image, or empty. */
    String imageType() {
        if (startsWith(JPEG)) {
            return "image/jpeg";
        }
        if (startsWith(PNG)) {
            return "image/png";
        }
        if (ascii(0, 4).equals("RIFF") && ascii(8, 12).equals("WEBP")) {
            return "image/webp";
        }
        if (ascii(0, 4).equals("GIF8")) {
            return "image/gif";
        }
        return ascii(4, 12).equals("ftypavif") ? "image/avif" : "";
    }

    /** Whether it is a page or a message meant for a person or program, not a film or an image. */
    boolean isText() {
        String start = new String(bytes, StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype")
                || start.startsWith("<html")
                || start.startsWith("<?xml")
                || start.startsWith("<error")
                || start.startsWith("{");
    }

    private boolean startsWith(byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    private String ascii(int from, int to) {
        return bytes.length < to ? "" : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
