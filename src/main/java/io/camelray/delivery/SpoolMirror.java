package io.camelray.delivery;

import io.camelray.assets.FolderStore;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.ProviderName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second place, on a disk that all nodes of a ledger see, for what the spool holds and no provider hands out again: those
 * of Replicate. A node that takes over finds there what was lost with another one's disk. The folder is never made: an
 * empty mount point is no mirror. May be used by many threads.
 */
public final class SpoolMirror {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolMirror.class);
    private static final Pattern OURS = Pattern.compile("(\\d{1,18})-[0-9a-f]{12}\\.out");
    private static final Pattern DRAFTS = Pattern.compile("\\.[0-9a-f]{16}-[0-9a-f-]{36}\\.tmp");

    private final Optional<Path> folder;
    private final AtomicBoolean trouble = new AtomicBoolean();

    /** @param folder one for each ledger; empty: nothing is mirrored */
    public SpoolMirror(Optional<Path> folder) {
        this.folder = folder;
    }

    private static boolean isIrreplaceable(PendingOutput pending) {
        return pending.render().provider() == ProviderName.REPLICATE;
    }

    private Path there() throws IOException {
        Path mirror = folder.orElseThrow();
        if (!Files.isDirectory(mirror)) {
            throw new IOException("the folder " + mirror + " is not there");
        }
        return mirror;
    }

    /**
     * Copies a verified file, on disk when this returns, unless the copy is there. Trouble is told of, and is no reason to
     * wait: an output is safest where it is delivered.
     */
    void keep(PendingOutput pending, Path file) {
        if (folder.isEmpty() || !isIrreplaceable(pending)) {
            return;
        }
        try {
            Path copy = there().resolve(Spool.fileName(pending));
            if (!Files.isRegularFile(copy) || Files.size(copy) != Files.size(file)) {
                new FolderStore(there()).write(Spool.fileName(pending), out -> Files.copy(file, out));
            }
            if (trouble.getAndSet(false)) {
                LOG.info("Outputs of Replicate are mirrored in {} again", folder.get());
            }
        } catch (IOException e) {
            if (!trouble.getAndSet(true)) {
                LOG.error(
                        "Outputs of Replicate lie on this node's disk alone until they are delivered, ray.spool.mirror={}"
                                + " cannot be written: {}",
                        folder.get(),
                        e.getMessage());
            }
        }
    }

    /**
     * The copy of an output, if there is one.
     *
     * @throws IOException if there may be one and the folder cannot be looked at
     */
    Optional<Path> find(PendingOutput pending) throws IOException {
        if (folder.isEmpty() || !isIrreplaceable(pending)) {
            return Optional.empty();
        }
        return Optional.of(there().resolve(Spool.fileName(pending))).filter(Files::isRegularFile);
    }

    /** The output is delivered. */
    void remove(PendingOutput pending) throws IOException {
        if (folder.isPresent() && isIrreplaceable(pending)) {
            Files.deleteIfExists(folder.get().resolve(Spool.fileName(pending)));
        }
    }

    /**
     * Removes copies that nobody needs any more, and halves of copies.
     *
     * @param needed whether an output still waits for delivery
     * @param before what was written later stays: it may be in the making, or another ledger's by mistake
     * @return how many files were removed
     */
    public int sweep(LongPredicate needed, Instant before) throws IOException {
        if (folder.isEmpty()) {
            return 0;
        }
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(there())) {
            for (Path file : files) {
                if (isOfNoUse(file.getFileName().toString(), needed)
                        && isOlder(file, before)
                        && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    private static boolean isOfNoUse(String name, LongPredicate needed) {
        Matcher copy = OURS.matcher(name);
        return copy.matches()
                ? !needed.test(Long.parseLong(copy.group(1)))
                : DRAFTS.matcher(name).matches();
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
