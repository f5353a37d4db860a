package io.camelray.assets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Reads big-endian numbers anywhere in a file through one small buffer. */
final class Mp4Window {

    private static final int SIZE = 8 * 1024;

    private final FileChannel channel;
    private final long length;
    private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    private long start;

    Mp4Window(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
        buffer.limit(0);
    }

    /** Another window on the same file, for a cursor of its own. */
    Mp4Window another() throws IOException {
        return new Mp4Window(channel);
    }

    long length() {
        return length;
    }

    int u8(long at) throws IOException, BrokenMp4Exception {
        return buffer.get(index(at, 1)) & 0xFF;
    }

    int u16(long at) throws IOException, BrokenMp4Exception {
        return buffer.getShort(index(at, 2)) & 0xFFFF;
    }

    long u32(long at) throws IOException, BrokenMp4Exception {
        return buffer.getInt(index(at, 4)) & 0xFFFFFFFFL;
    }

    /** Negative when it exceeds what any file can hold. */
    long u64(long at) throws IOException, BrokenMp4Exception {
        return buffer.getLong(index(at, 8));
    }

    String fourcc(long at) throws IOException, BrokenMp4Exception {
        int index = index(at, 4);
        String text = new String(buffer.array(), index, 4, StandardCharsets.ISO_8859_1);
        return text.chars().allMatch(c -> c > 0x1F && c < 0x7F || c == 0xA9) ? text : "????";
    }

    private int index(long at, int count) throws IOException, BrokenMp4Exception {
        if (at < 0 || at > length - count) {
            throw new BrokenMp4Exception("the file ends at byte " + length + ", inside a number that is needed");
        }
        if (at < start || at + count > start + buffer.limit()) {
            fill(at, count);
        }
        return (int) (at - start);
    }

    private void fill(long at, int count) throws IOException, BrokenMp4Exception {
        buffer.clear();
        start = at;
        while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {
            // until it is full or the file ends
        }
        buffer.flip();
        if (buffer.limit() < count) {
            throw new BrokenMp4Exception("the file became shorter while it was read");
        }
    }
}
