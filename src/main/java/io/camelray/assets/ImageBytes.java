package io.camelray.assets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the numbers of image files one after the other; nothing is ever unpacked or kept. */
final class ImageBytes {

    private final InputStream in;

    ImageBytes(InputStream in) {
        this.in = in;
    }

    int u8() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }

    int u16() throws IOException {
        return u8() << 8 | u8();
    }

    long u32() throws IOException {
        return (long) u16() << 16 | u16();
    }

    int u16Little() throws IOException {
        return u8() | u8() << 8;
    }

    int u24Little() throws IOException {
        return u16Little() | u8() << 16;
    }

    long u32Little() throws IOException {
        return u16Little() | (long) u16Little() << 16;
    }

    String fourcc() throws IOException {
        return new String(new byte[] {(byte) u8(), (byte) u8(), (byte) u8(), (byte) u8()}, StandardCharsets.ISO_8859_1);
    }

    void skip(long count) throws IOException {
        in.skipNBytes(count);
    }
}
