package io.camelray.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a small OpenEXR picture: single part, scan lines, half floats, no compression. */
final class ExrFile {

    private static final int MAGIC = 20000630;
    private static final int VERSION = 2;
    private static final int HALF = 1;
    private static final String[] CHANNELS = {"B", "G", "R"};

    private final ByteBuffer out;

    private ExrFile(int capacity) {
        out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] gradient(int width, int height) {
        int lineBytes = width * CHANNELS.length * 2;
        ExrFile file = new ExrFile(1024 + height * (16 + lineBytes));
        file.header(width, height);
        file.lines(width, height, lineBytes);
        return Arrays.copyOf(file.out.array(), file.out.position());
    }

    /** The same picture as the only entry of a ZIP file; equal sizes give equal bytes. */
    static byte[] packed(int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("frame_0000.exr");
            entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
            zip.putNextEntry(entry);
            zip.write(gradient(width, height));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void header(int width, int height) {
        out.putInt(MAGIC).putInt(VERSION);
        attribute("channels", "chlist", CHANNELS.length * 18 + 1);
        for (String channel : CHANNELS) {
            text(channel);
            out.putInt(HALF).putInt(0).putInt(1).putInt(1);
        }
        out.put((byte) 0);
        attribute("compression", "compression", 1);
        out.put((byte) 0);
        attribute("dataWindow", "box2i", 16);
        out.putInt(0).putInt(0).putInt(width - 1).putInt(height - 1);
        attribute("displayWindow", "box2i", 16);
        out.putInt(0).putInt(0).putInt(width - 1).putInt(height - 1);
        attribute("lineOrder", "lineOrder", 1);
        out.put((byte) 0);
        attribute("pixelAspectRatio", "float", 4);
        out.putFloat(1);
        attribute("screenWindowCenter", "v2f", 8);
        out.putFloat(0).putFloat(0);
        attribute("screenWindowWidth", "float", 4);
        out.putFloat(1);
        out.put((byte) 0);
    }

    private void lines(int width, int height, int lineBytes) {
        long first = out.position() + 8L * height;
        for (int y = 0; y < height; y++) {
            out.putLong(first + (long) y * (8 + lineBytes));
        }
        for (int y = 0; y < height; y++) {
            out.putInt(y).putInt(lineBytes);
            for (int channel = 0; channel < CHANNELS.length; channel++) {
                for (int x = 0; x < width; x++) {
                    out.putShort(half((x + 1f) / width * (y + 1f) / height * (channel + 1) / CHANNELS.length));
                }
            }
        }
    }

    private void attribute(String name, String type, int size) {
        text(name);
        text(type);
        out.putInt(size);
    }

    private void text(String text) {
        out.put(text.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    }

    /** A positive number of ordinary size as a half float. */
    private static short half(float value) {
        return (short) ((Float.floatToIntBits(value) >> 13) - (112 << 10));
    }
}
