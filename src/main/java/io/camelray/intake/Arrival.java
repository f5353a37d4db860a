package io.camelray.intake;

import io.camelray.assets.DurableFolder;
import io.camelray.model.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file that has wholly arrived, as it was then. What is planned with is read once; who replaces the file afterwards has
 * dropped another one.
 */
public final class Arrival {

    /** The size above which nothing is a filled-in report. */
    private static final int LARGEST_SHEET = 64 * 1024 * 1024;

    private final Path file;
    private final FileStamp stamp;
    private final List<Path> companions;
    private final Optional<Violation> fault;
    private final Optional<byte[]> content;

    Arrival(Path file, FileStamp stamp, List<Path> companions) {
        this(file, stamp, companions, Optional.empty(), Optional.empty());
    }

    private Arrival(
            Path file, FileStamp stamp, List<Path> companions, Optional<Violation> fault, Optional<byte[]> content) {
        this.file = file;
        this.stamp = stamp;
        this.companions = List.copyOf(companions);
        this.fault = fault;
        this.content = content;
    }

    Arrival failing(Violation why) {
        return new Arrival(file, stamp, companions, Optional.of(why), content);
    }

    /**
     * The same with what is in it, as far as a manifest, or a report, may be long.
     *
     * @return empty if it is another file by now, or gone
     */
    Optional<Arrival> read() throws IOException {
        try {
            Optional<byte[]> read = Optional.empty();
            boolean sheet = IntakeFolder.isCsv(file) && ApprovalSheet.isOne(file);
            if (sheet || !IntakeFolder.isCsv(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    read = Optional.of(in.readNBytes((sheet ? LARGEST_SHEET : ManifestSource.MAX_BYTES) + 1));
                }
            }
            return FileStamp.of(file).equals(stamp)
                    ? Optional.of(new Arrival(file, stamp, companions, fault, read))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** What was read; empty for a CSV that stands for the template that names it, which is read where it lies. */
    public Optional<byte[]> content() {
        return content.map(byte[]::clone);
    }

    /** Why it is refused whatever is in it. */
    public Optional<Violation> fault() {
        return fault;
    }

    /**
     * Moves the file that was read out of its folder, with its checksum beside it. If another one has taken its place,
     * that one stays, and what was read is written to the target.
     *
     * @param target where there is no file yet
     * @throws java.nio.file.FileAlreadyExistsException if there is one; nothing was done
     * @throws IOException if it cannot be moved; it is where it was
     */
    public void fileAs(Path target) throws IOException {
        if (TakeOut.move(file, this::isSame, target)) {
            fileCompanions(target);
        } else if (content.isPresent() && isWhole()) {
            Files.createDirectories(target.getParent());
            Files.write(target, content.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            DurableFolder.syncFile(target);
            DurableFolder.sync(target.getParent());
        }
    }

    private boolean isWhole() {
        return content.isPresent() && content.get().length == stamp.size();
    }

    private boolean isSame(Path aside) throws IOException {
        FileStamp now = FileStamp.of(aside);
        return isWhole()
                ? now.size() == stamp.size() && Arrays.equals(Files.readAllBytes(aside), content.get())
                : now.equals(stamp);
    }

    private void fileCompanions(Path target) throws IOException {
        for (Path companion : companions) {
            Path beside = target.resolveSibling(target.getFileName() + ArrivalRules.CHECKSUM);
            if (companion.toString().endsWith(ArrivalRules.CHECKSUM) && !Files.exists(beside)) {
                TakeOut.move(companion, any -> true, beside);
            } else {
                Files.deleteIfExists(companion);
            }
        }
    }
}
