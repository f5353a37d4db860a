package io.camelray.component;

import io.camelray.assets.DropPrefix;
import io.camelray.assets.DropPrefix.Dropped;
import io.camelray.intake.ApprovalSheet;
import io.camelray.intake.DataFiles;
import io.camelray.intake.IntakeFolder;
import io.camelray.intake.ManifestSource;
import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Brings what was dropped into a bucket, and the data files that it names, into a folder of its own, as it was at one
 * moment. Thread-safe.
 */
final class DropStaging {

    /** The most that a manifest's data files may hold together. */
    private static final long DATA_AT_MOST = 2L * 1024 * 1024 * 1024;

    private static final long SHEET_AT_MOST = 64L * 1024 * 1024;
    private static final int FIRST_LINE = 4096;

    private final DropPrefix inbox;
    private final IntakeFolder manifests;
    private final Path folder;
    private final AtomicLong number = new AtomicLong();

    /** @param folder for folders; emptied now */
    DropStaging(DropPrefix inbox, IntakeFolder manifests, Path folder) throws IOException {
        this.inbox = inbox;
        this.manifests = manifests;
        this.folder = folder;
        delete(folder);
    }

    /**
     * Something to plan.
     *
     * @param file what was dropped
     * @param whole whether it holds all of the object, which may be longer than a manifest can be
     * @param fault why it is refused whatever is in it
     */
    record Staged(Dropped object, Path file, boolean whole, Optional<Violation> fault) {

        /** The data files beside it. */
        List<Path> data() throws IOException {
            try (Stream<Path> files = Files.walk(file.getParent())) {
                return files.filter(other -> Files.isRegularFile(other) && !other.equals(file))
                        .toList();
            }
        }
    }

    /** @return empty if it is no intake, or another object by now */
    Optional<Staged> stage(Dropped object) throws IOException {
        if (!isIntake(object)) {
            return Optional.empty();
        }
        Path own = Files.createDirectories(folder.resolve(String.valueOf(number.incrementAndGet())));
        Path file;
        try {
            file = own.resolve(object.name());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        boolean lone =
                IntakeFolder.isCsv(file) && manifests.template(object.name()).isPresent();
        long atMost = lone ? DATA_AT_MOST : IntakeFolder.isCsv(file) ? SHEET_AT_MOST : ManifestSource.MAX_BYTES + 1L;
        if (!inbox.download(object, atMost, file) || !manifests.takes(file, Set.of())) {
            delete(own);
            return Optional.empty();
        }
        boolean whole = object.bytes() <= atMost;
        Optional<Violation> fault = whole || !IntakeFolder.isCsv(file)
                ? lone ? Optional.empty() : stageData(ManifestSource.of(file), own)
                : Optional.of(tooLarge("The file has " + object.bytes() + " bytes."));
        return Optional.of(new Staged(object, file, whole, fault));
    }

    private boolean isIntake(Dropped object) throws IOException {
        if (IntakeFolder.isManifestName(object.name())) {
            return true;
        }
        return !object.name().startsWith(".")
                && IntakeFolder.isCsv(Path.of(object.name()))
                && (manifests.template(object.name()).isPresent()
                        || inbox.start(object, FIRST_LINE)
                                .filter(ApprovalSheet::isOne)
                                .isPresent());
    }

    /** One that is missing is told of by the plan. */
    private Optional<Violation> stageData(ManifestSource manifest, Path own) throws IOException {
        long room = DATA_AT_MOST;
        for (String name : DataFiles.named(manifest)) {
            Optional<Path> target = inside(own, name);
            Optional<Dropped> data = target.isEmpty() ? Optional.empty() : inbox.find(name);
            if (data.isPresent()) {
                room -= data.get().bytes();
                if (room < 0) {
                    return Optional.of(tooLarge("The data files have more than 2 GB together."));
                }
                Files.createDirectories(target.get().getParent());
                if (!inbox.download(data.get(), Long.MAX_VALUE, target.get())) {
                    // It was replaced between the two questions: the next look finds it whole.
                    throw new IOException(name + " was replaced while it was read");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> inside(Path own, String name) {
        try {
            Path target = own.resolve(name).normalize();
            return target.startsWith(own) && !target.equals(own) ? Optional.of(target) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Violation tooLarge(String message) {
        return new Violation("dropped", Severity.ERROR, Place.NOWHERE, message, "Split the campaign into several.", "");
    }

    /** Forgets what was staged. */
    void clear(Staged staged) throws IOException {
        delete(staged.file().getParent());
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> below;
        try (Stream<Path> files = Files.walk(tree)) {
            below = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : below) {
            Files.delete(file);
        }
    }
}
