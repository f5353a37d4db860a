package io.camelray.assets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Decides whether a ZIP package is whole: its closing record is there, ends the file, and points inside it. */
public final class ZipWalk {

    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int END_SIGNATURE = 0x06054B50;
    private static final long SAID_ELSEWHERE = 0xFFFFFFFFL;

    private ZipWalk() {}

    /** What is wrong, or empty. */
    public static Optional<String> defect(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            int tail = (int) Math.min(length, END_SIZE + LONGEST_COMMENT);
            ByteBuffer buffer = ByteBuffer.allocate(tail).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining() && channel.read(buffer, length - tail + buffer.position()) > 0) {
                // until the tail is read
            }
            for (int at = tail - END_SIZE; at >= 0; at--) {
                if (buffer.getInt(at) == END_SIGNATURE && at + END_SIZE + u16(buffer, at + 20) == tail) {
                    return directoryFits(buffer, at, length - tail + at)
                            ? Optional.empty()
                            : Optional.of("The ZIP package's directory does not fit into it");
                }
            }
            return Optional.of("The ZIP package ends before its directory: it is cut off at " + length + " bytes");
        }
    }

    private static boolean directoryFits(ByteBuffer buffer, int at, long position) {
        long size = buffer.getInt(at + 12) & 0xFFFFFFFFL;
        long offset = buffer.getInt(at + 16) & 0xFFFFFFFFL;
        return offset == SAID_ELSEWHERE || size == SAID_ELSEWHERE || offset + size <= position;
    }

    private static int u16(ByteBuffer buffer, int at) {
        return buffer.getShort(at) & 0xFFFF;
    }
}
