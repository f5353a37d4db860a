package io.camelray.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * {@code ledger/node} in a home: the name under which programs of this home work on a ledger that others share. Its lock
 * is held while the program runs, so whoever gets it knows that the one before is dead.
 */
final class NodeFile implements AutoCloseable {
    private static final int LONGEST = 200;

    private final FileChannel file;
    private final String name;

    /**
     * @throws IllegalStateException if another program works in this home
     * @throws UncheckedIOException if the home cannot be written
     */
    NodeFile(Path home) {
        Path path = home.resolve("ledger").resolve("node");
        try {
            Files.createDirectories(path.getParent());
            this.file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!lock()) {
                file.close();
                throw new IllegalStateException("Another program works in the home " + home
                        + ": stop it, or give this one a home of its own (ray.home)");
            }
            this.name = readOrMake();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean lock() throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private String readOrMake() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        file.read(bytes, 0);
        String read = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        if (!read.isEmpty()) {
            return read;
        }
        String made = host() + "-" + UUID.randomUUID().toString().substring(0, 8);
        file.write(ByteBuffer.wrap(made.getBytes(StandardCharsets.UTF_8)), 0);
        file.force(true);
        return made;
    }

    private static String host() {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            return host.substring(0, Math.min(host.length(), 100));
        } catch (UnknownHostException e) {
            return "node";
        }
    }

    String name() {
        return name;
    }

    /** Lets the next program of this home begin. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
