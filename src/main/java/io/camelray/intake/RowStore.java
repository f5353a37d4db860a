package io.camelray.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Rows of bytes, found again by their number: in memory as long as they are few, then in a file of our own that goes
 * when the store is closed. What stays in memory is eight bytes for each row. Not thread-safe.
 */
final class RowStore implements AutoCloseable {

    private static final int IN_MEMORY = 1 << 20;
    private static final int BLOCK = 1 << 16;

    private long[] ends = new long[64];
    private int count;
    /** All rows, or those that are not in the file yet. */
    private byte[] recent = new byte[1 << 12];

    private int recentLength;
    private long written;
    private FileChannel file;
    private byte[] block = new byte[0];
    private long blockStart;
    private int blockLength;

    /** @throws UncheckedIOException if the disk takes no more */
    void add(byte[] row) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        if (recentLength > 0 && recentLength + row.length > (file == null ? IN_MEMORY : BLOCK)) {
            flush();
        }
        if (recentLength + row.length > recent.length) {
            recent = Arrays.copyOf(recent, Math.max(recent.length * 2, recentLength + row.length));
        }
        System.arraycopy(row, 0, recent, recentLength, row.length);
        recentLength += row.length;
        ends[count++] = written + recentLength;
    }

    private void flush() {
        try {
            if (file == null) {
                Path draft = Files.createTempFile("camel-ray-rows", ".part");
                file = FileChannel.open(
                        draft, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            }
            ByteBuffer bytes = ByteBuffer.wrap(recent, 0, recentLength);
            while (bytes.hasRemaining()) {
                written += file.write(bytes, written);
            }
            recentLength = 0;
            recent = recent.length > BLOCK ? new byte[BLOCK] : recent;
        } catch (IOException e) {
            throw new UncheckedIOException("Rows of a data file cannot be set aside on disk", e);
        }
    }

    int size() {
        return count;
    }

    /** @param number counted from 0 */
    byte[] get(int number) {
        long start = number == 0 ? 0 : ends[number - 1];
        int length = (int) (ends[number] - start);
        if (start >= written) {
            int at = (int) (start - written);
            return Arrays.copyOfRange(recent, at, at + length);
        }
        if (start < blockStart || start + length > blockStart + blockLength) {
            read(start, length);
        }
        int at = (int) (start - blockStart);
        return Arrays.copyOfRange(block, at, at + length);
    }

    private void read(long start, int length) {
        int wanted = (int) Math.min(Math.max(length, BLOCK), written - start);
        if (block.length < wanted) {
            block = new byte[wanted];
        }
        ByteBuffer into = ByteBuffer.wrap(block, 0, wanted);
        try {
            while (into.hasRemaining()) {
                if (file.read(into, start + into.position()) < 0) {
                    throw new IOException("it ends too early");
                }
            }
        } catch (IOException e) {
            blockLength = 0;
            throw new UncheckedIOException("Rows of a data file that were set aside cannot be read again", e);
        }
        blockStart = start;
        blockLength = wanted;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
