package io.camelray.assets;

import io.camelray.assets.ObjectProof.NotProven;
import io.camelray.assets.ObjectProof.Proven;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.UUID;

/** A folder that holds objects under keys, as a bucket would. No key leads out of it, not even over a link. */
public final class FolderStore {

    private static final String DRAFT = ".tmp";

    private final Path root;

    public FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * The file of a key.
     *
     * @throws IllegalArgumentException if the key is not a plain relative path
     * @throws IOException if a link on its way leads out of the folder
     */
    public Path resolve(String key) throws IOException {
        requirePlain(key);
        Path target = root.resolve(key);
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return target;
        }
        Path realRoot = root.toRealPath();
        Path existing = target;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        Path real;
        try {
            real = existing.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException("The key " + key + " meets a link to nowhere at " + existing, e);
        }
        if (!real.startsWith(realRoot)) {
            throw new IOException("The key " + key + " leads over a link out of the folder " + root);
        }
        return target;
    }

    private static void requirePlain(String key) {
        boolean plain = !key.isEmpty()
                && !key.startsWith("/")
                && !key.endsWith("/")
                && key.indexOf('\\') < 0
                && key.chars().noneMatch(Character::isISOControl);
        for (String segment : key.split("/", -1)) {
            plain &= !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
        }
        if (!plain) {
            throw new IllegalArgumentException("'" + key + "' is not a plain relative path");
        }
    }

    /**
     * Writes a whole file under its final name, or nothing: temporary name, fsync, atomic move. One at a time, because
     * whoever writes a file removes what others left of it.
     */
    public synchronized Path write(String key, Content content) throws IOException {
        Path target = resolve(key);
        arrive(key, target, content, temporary -> {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        });
        return target;
    }

    /** The same, unless a file is there already: then it stays. @return whether this one was written */
    public synchronized boolean writeNew(String key, Content content) throws IOException {
        Path target = resolve(key);
        return arrive(key, target, content, temporary -> {
            try {
                Files.createLink(target, temporary); // unlike a move, it never replaces
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        });
    }

    /**
     * For those who write a file themselves: what to call it in its folder until it is whole. No two writers get the same
     * name. What earlier writers left of this file is removed, as {@link #write} does.
     */
    public String newDraft(String key) throws IOException {
        return nextDraft(resolve(key));
    }

    private static String nextDraft(Path target) throws IOException {
        String drafts = draftsOf(target);
        if (Files.isDirectory(target.getParent())) {
            removeLeftDrafts(target.getParent(), drafts);
        }
        return drafts + UUID.randomUUID() + DRAFT;
    }

    private interface Naming {
        boolean name(Path temporary) throws IOException;
    }

    private boolean arrive(String key, Path target, Content content, Naming naming) throws IOException {
        Files.createDirectories(target.getParent());
        resolve(key); // the folders may have been links made in between
        Path temporary = target.resolveSibling(nextDraft(target));
        boolean named;
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            named = naming.name(temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
        DurableFolder.sync(target.getParent());
        return named;
    }

    /** Short whatever the file is called, because a name has a limit; no two writers share one, because one may be frozen. */
    private static String draftsOf(Path target) {
        byte[] name = target.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        return "." + HexFormat.of().formatHex(Hashes.sha256().digest(name), 0, 8) + "-";
    }

    /** What a program that was killed while it wrote this file has left. One that only slept will find its draft gone. */
    private static void removeLeftDrafts(Path folder, String drafts) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, drafts + "*" + DRAFT)) {
            for (Path draft : left) {
                Files.deleteIfExists(draft);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * Whether the file is there with exactly these bytes; then it, its name and the folders up to this one are made to
     * survive a crash.
     *
     * @throws IOException if the folder cannot be read or written
     */
    public ObjectProof proves(String key, ContentDigests content) throws IOException {
        Path file = resolve(key);
        if (!Files.isRegularFile(file)) {
            return new NotProven("There is no file " + file);
        }
        long bytes = Files.size(file);
        if (bytes != content.bytes()) {
            return new NotProven(file + " has " + bytes + " bytes instead of " + content.bytes());
        }
        if (!ContentDigests.withoutMd5(file).isSameAs(content)) {
            return new NotProven(file + " has other bytes than the file in the spool");
        }
        DurableFolder.syncFile(file);
        for (Path folder = file.getParent(); folder.startsWith(root); folder = folder.getParent()) {
            DurableFolder.sync(folder);
        }
        return new Proven("", "read back");
    }
}
