package io.camelray.component;

import io.camelray.assets.DurableFolder;
import io.camelray.intake.DataFiles;
import io.camelray.intake.IntakeFolder;
import io.camelray.intake.ManifestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files the data files of a manifest with it: copied before the manifest is moved, and taken out of its folder only after
 * that, so that a program which dies in between finds both again. What another manifest still waits for stays.
 */
final class DataFiling {

    private static final Logger LOG = LoggerFactory.getLogger(DataFiling.class);

    private final Path home;
    private final Optional<InboxIntake> intake;

    /** @param intake tells what other manifests wait for; empty if nobody can tell, then everything stays */
    DataFiling(Path home, Optional<InboxIntake> intake) {
        this.home = home;
        this.intake = intake;
    }

    /** @param target relative to the home */
    void file(Exchange exchange, ManifestSource source, Path target) {
        Optional<Path> folder =
                source.folder().map(from -> from.toAbsolutePath().normalize()).filter(from -> from.startsWith(home));
        if (folder.isEmpty()) {
            return;
        }
        for (String name : DataFiles.named(source)) {
            try {
                Optional<Path> data = inside(folder.get(), name);
                if (data.isPresent() && !name.equals(source.name())) {
                    Path copy = copy(data.get(), target.resolve(Path.of(name).normalize()));
                    exchange.getExchangeExtension().addOnCompletion(new Release(data.get(), copy));
                }
            } catch (IOException e) {
                LOG.warn("{} could not be filed with {} and stays: {}", name, source.name(), e.getMessage());
            }
        }
    }

    /** The file itself, if it is data and within the folder, wherever links lead. */
    private static Optional<Path> inside(Path folder, String name) throws IOException {
        try {
            Path file = folder.resolve(name).normalize();
            return Files.isRegularFile(file)
                            && file.startsWith(folder)
                            && file.toRealPath().startsWith(folder.toRealPath())
                            && IntakeFolder.isData(file)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Path copy(Path data, Path target) throws IOException {
        Path same = home.resolve(target);
        if (Files.isRegularFile(same) && Files.mismatch(data, same) < 0) {
            return same;
        }
        Path parent = Optional.ofNullable(target.getParent()).orElse(Path.of(""));
        Path free = home.resolve(Filing.free(home, parent, target.getFileName().toString()));
        Files.createDirectories(free.getParent());
        Files.copy(data, free);
        DurableFolder.syncFile(free);
        DurableFolder.sync(free.getParent());
        return free;
    }

    /** Lets go of a data file once its manifest has been moved. */
    private final class Release extends SynchronizationAdapter {
        private final Path data;
        private final Path copy;

        Release(Path data, Path copy) {
            this.data = data;
            this.copy = copy;
        }

        /** After the consumer has moved the manifest. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST;
        }

        @Override
        public void onComplete(Exchange exchange) {
            if (intake.isEmpty()) {
                return;
            }
            if (intake.get().isBelow(data)) {
                // After all that came with it: finding out who else names it means to look at the whole folder.
                intake.get().release(data, copy);
            } else if (!intake.get().manifests().isNamedBeside(data)) {
                try {
                    Files.deleteIfExists(data);
                } catch (IOException e) {
                    LOG.warn("{} was filed and cannot be deleted: {}", data, e.getMessage());
                }
            }
        }
    }
}
