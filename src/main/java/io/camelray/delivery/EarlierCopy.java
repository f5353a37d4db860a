package io.camelray.delivery;

import io.camelray.assets.DurableFolder;
import io.camelray.assets.FolderStore;
import io.camelray.assets.ObjectStore;
import io.camelray.assets.StoredObject;
import io.camelray.ledger.DeliveryLedger;
import io.camelray.ledger.DeliveryLedger.EarlierObject;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.Redelivery;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.model.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Copies what was delivered before into the spool, so that it can be delivered elsewhere for nothing. Only exactly the
 * bytes that were delivered then are taken. The object itself is left where it lies. Thread-safe.
 */
public final class EarlierCopy {

    /** From this try on, a place that cannot be asked counts as one where nothing is: about half an hour. */
    static final int PATIENCE = 12;

    private final DeliveryLedger ledger;
    private final Supplier<ObjectStore> objectStore;
    private final Spool spool;

    /** @param objectStore asked for only when something lies in a bucket */
    public EarlierCopy(DeliveryLedger ledger, Supplier<ObjectStore> objectStore, Spool spool) {
        this.ledger = ledger;
        this.objectStore = objectStore;
        this.spool = spool;
    }

    /** What came of it. @param file in the spool, recorded @param reason why there is none, one sentence; empty if it never was delivered */
    public record Outcome(Optional<SecuredFile> file, String reason) {}

    /**
     * Brings an output into the spool from where it was delivered before; what is there already stays.
     *
     * @throws DeliveryRetryException if the place cannot be asked now, or the spool cannot be written
     */
    public Outcome copy(PendingOutput pending) throws DeliveryRetryException {
        try {
            Optional<SecuredFile> there = Securing.intact(pending);
            Optional<EarlierObject> from = pending.redelivery().flatMap(Redelivery::from);
            if (there.isPresent() || from.isEmpty()) {
                return new Outcome(there, "");
            }
            spool.discardPart(pending);
            Optional<String> fault = from.get().destination() instanceof Destination.Bucket bucket
                    ? fromBucket(bucket, from.get(), spool.part(pending))
                    : fromFolder((Destination.Folder) from.get().destination(), from.get(), spool.part(pending));
            if (fault.isPresent()) {
                spool.discardPart(pending);
                return new Outcome(Optional.empty(), fault.get());
            }
            return new Outcome(Optional.of(record(pending, from.get())), "");
        } catch (IOException | IllegalArgumentException e) {
            String reason = "What was delivered before cannot be copied now: " + e.getMessage();
            if (pending.attempt() >= PATIENCE) {
                return new Outcome(Optional.empty(), reason);
            }
            throw new DeliveryRetryException(pending.render().id(), DeliveryPace.after(pending.attempt()), reason, e);
        }
    }

    private SecuredFile record(PendingOutput pending, EarlierObject from) throws IOException {
        DurableFolder.syncFile(spool.part(pending));
        SecuredFile file =
                new SecuredFile(spool.keep(pending), from.bytes(), from.sha256(), from.contentType(), from.findings());
        ledger.recordSecured(pending.outputId(), file);
        return file;
    }

    /** An empty mount point is no folder from which something was removed. */
    private static Optional<String> fromFolder(Destination.Folder folder, EarlierObject from, Path to)
            throws IOException {
        if (!Files.isDirectory(folder.path())) {
            throw new IOException("the folder " + folder.path() + " is not there");
        }
        Path file = new FolderStore(folder.path()).resolve(from.key());
        if (!Files.isRegularFile(file)) {
            return Optional.of(from.location() + " is gone");
        }
        if (Files.size(file) != from.bytes()) {
            return Optional.of(otherLength(from, Files.size(file)));
        }
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
        return compare(from, digest);
    }

    private Optional<String> fromBucket(Destination.Bucket bucket, EarlierObject from, Path to) throws IOException {
        ObjectStore store = objectStore.get();
        String key = bucket.prefix() + from.key();
        Optional<StoredObject> object = store.head(bucket.name(), key);
        if (object.isEmpty()) {
            return Optional.of(from.location() + " is gone");
        }
        if (object.get().bytes() != from.bytes()) {
            return Optional.of(otherLength(from, object.get().bytes()));
        }
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            store.copy(bucket.name(), key, object.get(), out);
        }
        return compare(from, digest);
    }

    private static String otherLength(EarlierObject from, long bytes) {
        return from.location() + " is another file by now, of " + bytes + " bytes instead of " + from.bytes();
    }

    private static Optional<String> compare(EarlierObject from, MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).equals(from.sha256())
                ? Optional.empty()
                : Optional.of(from.location() + " is another file by now");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
