package io.camelray.component;

import io.camelray.assets.FolderStore;
import io.camelray.assets.ObjectStore;
import io.camelray.intake.TakenKeys;
import io.camelray.ledger.LedgerViews;
import io.camelray.model.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** Asks the destination itself whether a key is taken, and the ledger whether by what we have stored there. */
final class DestinationKeys implements TakenKeys {

    private final LedgerViews ledger;
    private final Supplier<S3Client> s3;

    DestinationKeys(LedgerViews ledger, Supplier<S3Client> s3) {
        this.ledger = ledger;
        this.s3 = s3;
    }

    @Override
    public Answer look(Destination destination, String key) {
        try {
            return isThere(destination, key) && !ledger.hasStored(destination, key) ? Answer.TAKEN : Answer.FREE;
        } catch (IOException | IllegalArgumentException e) {
            return Answer.UNKNOWN;
        }
    }

    private boolean isThere(Destination destination, String key) throws IOException {
        return destination instanceof Destination.Bucket bucket
                ? new ObjectStore(s3.get())
                        .head(bucket.name(), bucket.prefix() + key)
                        .isPresent()
                : Files.exists(new FolderStore(((Destination.Folder) destination).path()).resolve(key));
    }
}
