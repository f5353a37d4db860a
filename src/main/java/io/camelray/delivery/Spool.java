package io.camelray.delivery;

import io.camelray.assets.DurableFolder;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.ProviderJobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder in which outputs wait between download and proven delivery. A file is named after its output's id and its
 * job, so that a file left by another ledger is never taken for this one's; while it arrives it ends in {@code .part},
 * and only a verified file is renamed to {@code .out}. What cannot be had again is mirrored elsewhere, if there is a mirror.
 */
public final class Spool {

    private static final Pattern OURS = Pattern.compile("(\\d{1,18})-[0-9a-f]{12}\\.(out|part|part\\.mark)");

    private final Path folder;
    private final SpoolMirror mirror;

    /** @param home of the program; the spool is the folder {@code spool} in it */
    public Spool(Path home, SpoolMirror mirror) throws IOException {
        this.mirror = mirror;
        this.folder = Files.createDirectories(home.toAbsolutePath().normalize().resolve("spool"));
    }

    public Path folder() {
        return folder;
    }

    SpoolMirror mirror() {
        return mirror;
    }

    private static String name(PendingOutput pending) {
        String job = pending.render().job().map(ProviderJobId::value).orElse("");
        String digest = UUID.nameUUIDFromBytes(job.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return pending.outputId() + "-" + digest.substring(0, 12);
    }

    /** What a verified output is called, here and in the mirror. */
    static String fileName(PendingOutput pending) {
        return name(pending) + ".out";
    }

    /** Where an output arrives. */
    Path part(PendingOutput pending) {
        return folder.resolve(name(pending) + ".part");
    }

    /** Where a verified output waits. */
    Path file(PendingOutput pending) {
        return folder.resolve(fileName(pending));
    }

    /** The arrived file is verified: it gets its name, durably. */
    Path keep(PendingOutput pending) throws IOException {
        Path kept = Files.move(
                part(pending), file(pending), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFolder.sync(folder);
        return kept;
    }

    void discardPart(PendingOutput pending) throws IOException {
        Files.deleteIfExists(folder.resolve(name(pending) + ".part.mark"));
        Files.deleteIfExists(part(pending));
    }

    /** Where an output arrives, with what the mirror holds of it in it, on disk. @return whether it holds anything */
    boolean arrivesFromMirror(PendingOutput pending) throws IOException {
        Optional<Path> copy = mirror.find(pending);
        if (copy.isEmpty()) {
            return false;
        }
        discardPart(pending);
        Files.copy(copy.get(), part(pending), StandardCopyOption.REPLACE_EXISTING);
        DurableFolder.syncFile(part(pending));
        return true;
    }

    /** Removes everything that belongs to an output, in the mirror too. */
    void remove(PendingOutput pending) throws IOException {
        sweep(id -> id != pending.outputId());
        mirror.remove(pending);
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
