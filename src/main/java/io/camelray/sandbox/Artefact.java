package io.camelray.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the storage origin. What {@code length} has beyond the file on disk is filler, made while it is sent.
 *
 * @param etag quoted, as in the header
 */
record Artefact(Path file, long length, String etag, String contentType) {

    private static final int PIECE = 64 * 1024;

    /** Writes {@code count} bytes from {@code offset} on; never more than a small piece is in memory. */
    void writeTo(OutputStream out, long offset, long count) throws IOException {
        long stored = Files.size(file);
        long left = count;
        long position = offset;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.min(position, stored));
            byte[] piece = new byte[PIECE];
            while (left > 0) {
                int size = (int) Math.min(left, PIECE);
                if (position < stored) {
                    size = in.read(piece, 0, size);
                } else {
                    fill(piece, size, position);
                }
                out.write(piece, 0, size);
                position += size;
                left -= size;
            }
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
