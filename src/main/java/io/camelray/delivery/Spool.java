package io.camelray.delivery;

import io.camelray.assets.DurableFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder in which outputs wait between download and proven delivery. A file's name is its output's id; while it
 * arrives it ends in {@code .part}, and only a verified file is renamed to {@code .out}.
 */
public final class Spool {

    private static final Pattern OURS = Pattern.compile("(\\d{1,19})\\.(out|part|part\\.mark)");

    private final Path folder;

    /** @param home of the program; the spool is the folder {@code spool} in it */
    public Spool(Path home) throws IOException {
        this.folder = Files.createDirectories(home.toAbsolutePath().normalize().resolve("spool"));
    }

    public Path folder() {
        return folder;
    }

    /** Where an output arrives. */
    Path part(long outputId) {
        return folder.resolve(outputId + ".part");
    }

    /** Where a verified output waits. */
    Path file(long outputId) {
        return folder.resolve(outputId + ".out");
    }

    /** The arrived file is verified: it gets its name, durably. */
    Path keep(long outputId) throws IOException {
        Path kept = Files.move(
                part(outputId), file(outputId), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFolder.sync(folder);
        return kept;
    }

    /** Removes everything that belongs to an output. */
    public void remove(long outputId) throws IOException {
        Files.deleteIfExists(file(outputId));
        discardPart(outputId);
    }

    void discardPart(long outputId) throws IOException {
        Files.deleteIfExists(folder.resolve(outputId + ".part.mark"));
        Files.deleteIfExists(part(outputId));
    }

    /**
     * Removes what no output needs any more; files of other names are left alone.
     *
     * @param needed whether an output still waits for delivery
     * @return how many files were removed
     */
    public int sweep(LongPredicate needed) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = OURS.matcher(file.getFileName().toString());
                if (name.matches() && !needed.test(Long.parseLong(name.group(1))) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    public long bytesUsed() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += sizeOf(file);
            }
        }
        return bytes;
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // delivered meanwhile
        }
    }
}
