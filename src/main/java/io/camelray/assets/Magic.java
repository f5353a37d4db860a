package io.camelray.assets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The first bytes of a file, and what they tell; names and headers have no say. */
public final class Magic {

    static final int ENOUGH = 64;

    private static final byte[] EXR = {0x76, 0x2F, 0x31, 0x01};
    private static final byte[] ZIP = {0x50, 0x4B, 0x03, 0x04};
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] EBML = {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> HEIF = Set.of("heic", "heix", "heim", "heis", "mif1", "msf1");

    private final byte[] bytes;

    private Magic(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Magic of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Magic(in.readNBytes(ENOUGH));
        }
    }

    static Magic of(byte[] start) {
        return new Magic(Arrays.copyOf(start, Math.min(start.length, ENOUGH)));
    }

    public boolean isExr() {
        return startsWith(EXR);
    }

    public boolean isZip() {
        return startsWith(ZIP);
    }

    /** The content type of an image, or empty. */
    public String imageType() {
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
        String brand = brand();
        if (brand.equals("avif") || brand.equals("avis")) {
            return "image/avif";
        }
        return HEIF.contains(brand) ? "image/heic" : "";
    }

    /** The content type of a video, or empty. */
    String videoType() {
        if (startsWith(EBML)) {
            return new String(bytes, StandardCharsets.ISO_8859_1).contains("webm") ? "video/webm" : "video/x-matroska";
        }
        if (brand().isEmpty() || !imageType().isEmpty()) {
            return "";
        }
        return brand().equals("qt  ") ? "video/quicktime" : "video/mp4";
    }

    /** What it is when it is neither an image nor a video, for a sentence. */
    String otherwise() {
        if (isText()) {
            return "a page of text";
        }
        if (isZip()) {
            return "a ZIP package";
        }
        if (startsWith(GZIP)) {
            return "compressed with gzip";
        }
        if (isExr()) {
            return "an OpenEXR file";
        }
        return ascii(0, 5).equals("%PDF-") ? "a PDF" : "of no known kind";
    }

    /** Whether it is a page or a message meant for a person or program, not a film or an image. */
    public boolean isText() {
        String start = new String(bytes, StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype")
                || start.startsWith("<html")
                || start.startsWith("<?xml")
                || start.startsWith("<error")
                || start.startsWith("<svg")
                || start.startsWith("{");
    }

    /** Of an ISO base media file; empty for everything else. */
    private String brand() {
        return ascii(4, 8).equals("ftyp") ? ascii(8, 12) : "";
    }

    private boolean startsWith(byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    private String ascii(int from, int to) {
        return bytes.length < to ? "" : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
