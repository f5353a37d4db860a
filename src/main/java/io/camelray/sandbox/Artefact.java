package io.camelray.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A file of the storage origin. What {@code length} has beyond the stored bytes is filler, made while it is sent.
 *
 * @param etag quoted, as in the header
 */
record Artefact(byte[] stored, long length, String etag, String contentType) {

    private static final int PIECE = 64 * 1024;

    /** Writes {@code count} bytes from {@code offset} on. */
    void writeTo(OutputStream out, long offset, long count) throws IOException {
        long end = offset + count;
        long position = offset;
        if (position < stored.length) {
            int size = (int) (Math.min(end, stored.length) - position);
            out.write(stored, (int) position, size);
            position += size;
        }
        byte[] piece = new byte[PIECE];
        while (position < end) {
            int size = (int) Math.min(end - position, PIECE);
            fill(piece, size, position);
            out.write(piece, 0, size);
            position += size;
        }
    }

    /** Filler depends on its place, so that pieces joined in the wrong order do not go unnoticed. */
    private static void fill(byte[] piece, int size, long position) {
        for (int i = 0; i < size; i++) {
            long at = position + i;
            piece[i] = (byte) (at ^ at >> 8 ^ at >> 16 ^ at >> 24);
        }
    }
}
