package io.camelray.assets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file while it arrives, with the running digests of what is in it. A mark beside it ({@code <file>.mark}: length known to
 * be on the disk, strong entity tag) lets a later download of the same object go on where this one stopped; without a
 * mark, or beyond it, nothing is trusted.
 */
final class PartFile implements AutoCloseable {

    private static final long MARK_EVERY = 32L * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final Path mark;
    private final FileChannel channel;
    private RunningDigests digests = RunningDigests.withoutMd5();
    private String tag = "";
    private long length;
    private long marked;

    private PartFile(Path file) throws IOException {
        this.file = file;
        this.mark = markOf(file);
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static Path markOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".mark");
    }

    static PartFile open(Path file) throws IOException {
        PartFile part = new PartFile(file);
        try {
            part.pickUp();
            return part;
        } catch (IOException | RuntimeException e) {
            part.close();
            throw e;
        }
    }

    private void pickUp() throws IOException {
        String[] lines = readMark().split("\n");
        long trusted = lines.length == 2 && lines[0].matches("\\d{1,18}") ? Long.parseLong(lines[0]) : 0;
        if (trusted == 0 || trusted > channel.size()) {
            restart("");
            return;
        }
        channel.truncate(trusted);
        channel.position(0);
        byte[] buffer = new byte[BUFFER];
        for (int count = read(buffer); count >= 0; count = read(buffer)) {
            digests.update(buffer, 0, count);
        }
        length = trusted;
        marked = trusted;
        tag = lines[1];
    }

    private int read(byte[] buffer) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer));
    }

    private String readMark() throws IOException {
        try {
            return Files.size(mark) > 1024 ? "" : Files.readString(mark, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Throws away what is there; the body that follows carries this tag, which is kept only if it is a strong one. */
    void restart(String entityTag) throws IOException {
        Files.deleteIfExists(mark);
        channel.truncate(0);
        channel.position(0);
        digests = RunningDigests.withoutMd5();
        length = 0;
        marked = 0;
        tag = isStrong(entityTag) ? entityTag : "";
    }

    private static boolean isStrong(String entityTag) {
        return entityTag.matches("\"[\\x21\\x23-\\x7E]{1,200}\"");
    }

    boolean canResume() {
        return length > 0 && !tag.isEmpty();
    }

    long length() {
        return length;
    }

    String tag() {
        return tag;
    }

    void append(byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        digests.update(bytes, 0, count);
        length += count;
        if (length - marked >= MARK_EVERY) {
            checkpoint();
        }
    }

    /** Makes what has arrived so far survive a crash. */
    void checkpoint() throws IOException {
        if (canResume() && length > marked) {
            channel.force(true);
            Files.writeString(mark, length + "\n" + tag + "\n", StandardCharsets.ISO_8859_1);
            marked = length;
        }
    }

    /** The file is complete: on the disk, and its mark gone. @return its digests */
    ContentDigests complete() throws IOException {
        channel.force(true);
        Files.deleteIfExists(mark);
        tag = "";
        return digests.end();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return file.getFileName() + " (" + length + " bytes)";
    }
}
