package io.camelray.intake;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has wholly arrived in a folder into which others write. Each look lists the folder once; a file counts as arrived
 * when it has stayed as it is for the patience, when the file that says so is beside it, or when it has the checksum
 * beside it; and a manifest only with the data files that it names. The first to arrive are the first to be taken, so
 * many at a time. Thread-safe.
 */
public final class FolderArrivals {

    /** How many are taken between two looks: so that a heap of files is worked off, and new ones are seen meanwhile. */
    static final int AT_ONCE = 1000;

    /** After how long a file is taken once more that could not be moved away. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Path folder;
    private final IntakeFolder intake;
    private final ArrivalRules rules;
    private final Clock clock;
    private final Map<Path, Instant> deferred = new HashMap<>();
    private final Map<Path, Path> released = new HashMap<>();
    private Map<Path, Seen> seen = Map.of();
    private Map<Path, Arrival> arrived = Map.of();
    private Set<Path> waiting = Set.of();
    private long turns;

    /**
     * @param since when it was first seen as it is now
     * @param turn the place in the order of arrival
     */
    private record Seen(FileStamp stamp, Instant since, long turn) {}

    /** @param intake tells manifests from data files */
    public FolderArrivals(Path folder, IntakeFolder intake, ArrivalRules rules, Clock clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.intake = intake;
        this.rules = rules;
        this.clock = clock;
    }

    /** The folder, absolute. */
    public Path folder() {
        return folder;
    }

    /**
     * Puts back what a program had in its hands that died. Before the first look.
     *
     * @throws IOException saying what is wrong with the folder
     */
    public synchronized void sweep() throws IOException {
        TakeOut.sweep(folder);
    }

    /**
     * Looks at the folder.
     *
     * @throws IOException saying what is wrong with the folder; nothing has arrived then
     */
    public synchronized void look() throws IOException {
        arrived = Map.of();
        waiting = Set.of();
        Map<Path, FileStamp> now = list();
        if (!Files.isWritable(folder)) {
            throw new AccessDeniedException(
                    folder.toString(), null, "files cannot be moved out of it; make it writable for this program");
        }
        Set<Path> named = intake.namedBy(now.keySet());
        for (Path data : named) {
            if (!now.containsKey(data) && data.startsWith(folder) && Files.isRegularFile(data)) {
                now.put(data, FileStamp.of(data));
            }
        }
        remember(now);
        deferred.keySet().retainAll(seen.keySet());
        find(named);
    }

    /** All files by their absolute paths; links count as what they lead to. */
    private Map<Path, FileStamp> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder any more; create it again");
        }
        Map<Path, FileStamp> files = new HashMap<>();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 1, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.put(file, FileStamp.of(attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(folder)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private void remember(Map<Path, FileStamp> files) {
        Map<Path, Seen> next = new HashMap<>();
        List<Path> fresh = new ArrayList<>();
        files.forEach((file, stamp) -> {
            Seen before = seen.get(file);
            if (before != null && before.stamp().equals(stamp)) {
                next.put(file, before);
            } else {
                fresh.add(file);
            }
        });
        fresh.sort(
                Comparator.comparing((Path file) -> files.get(file).modified()).thenComparing(file -> file));
        Instant now = clock.instant();
        for (Path file : fresh) {
            // One that still grows keeps its place.
            long turn = seen.containsKey(file) ? seen.get(file).turn() : turns++;
            next.put(file, new Seen(files.get(file), now, turn));
            deferred.remove(file);
        }
        seen = next;
    }

    private void find(Set<Path> named) throws IOException {
        List<Path> inTurn = seen.keySet().stream()
                .filter(file -> folder.equals(file.getParent()) && isIntakeName(file))
                .filter(file -> !deferred.getOrDefault(file, Instant.MIN).isAfter(clock.instant()))
                .sorted(Comparator.comparing(file -> seen.get(file).turn()))
                .toList();
        Map<Path, Arrival> found = new HashMap<>();
        Set<Path> candidates = new LinkedHashSet<>();
        for (Path file : inTurn) {
            if (found.size() == AT_ONCE) {
                break;
            }
            if (intake.takes(file, named)) {
                Optional<Arrival> arrival = arrival(file);
                arrival.ifPresent(complete -> found.put(file, complete));
                if (arrival.isPresent() || !lacksMarker(file)) {
                    candidates.add(file);
                }
            }
        }
        arrived = found;
        waiting = candidates;
    }

    private static boolean isIntakeName(Path file) {
        return IntakeFolder.isManifestName(file.getFileName().toString())
                || IntakeFolder.isCsv(file) && !file.getFileName().toString().startsWith(".");
    }

    private boolean lacksMarker(Path file) {
        return rules.needsMarker() && !seen.containsKey(beside(file, rules.doneSuffix()));
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private Optional<Arrival> arrival(Path file) throws IOException {
        if (lacksMarker(file)) {
            return Optional.empty();
        }
        Path checksum = beside(file, ArrivalRules.CHECKSUM);
        boolean settled = rules.needsMarker()
                || isSettled(file) && intake.namedBy(file).stream().allMatch(this::isSettled);
        if (!seen.containsKey(checksum)) {
            return settled
                    ? Optional.of(new Arrival(file, seen.get(file).stamp(), companions(file)))
                    : Optional.empty();
        }
        return proven(file, checksum, settled && isSettled(checksum));
    }

    /** What has its checksum need not be waited for; what has another one may still be under way. */
    private Optional<Arrival> proven(Path file, Path checksum, boolean settled) throws IOException {
        boolean quiet = seen.get(file).since().isBefore(clock.instant())
                && seen.get(checksum).since().isBefore(clock.instant());
        if (!settled && !quiet) {
            return Optional.empty();
        }
        try {
            Arrival arrival = new Arrival(file, seen.get(file).stamp(), companions(file));
            var fault = Checksum.check(file, checksum);
            if (fault.isEmpty()) {
                return intake.namedBy(file).stream().allMatch(this::isSettled)
                        ? Optional.of(arrival)
                        : Optional.empty();
            }
            return settled ? Optional.of(arrival.failing(fault.get())) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private List<Path> companions(Path file) {
        List<Path> companions = new ArrayList<>();
        if (rules.needsMarker()) {
            companions.add(beside(file, rules.doneSuffix()));
        }
        if (seen.containsKey(beside(file, ArrivalRules.CHECKSUM))) {
            companions.add(beside(file, ArrivalRules.CHECKSUM));
        }
        return companions;
    }

    /** Whether a file has stayed as it is; one that is not there is not waited for. */
    private boolean isSettled(Path file) {
        Seen known = seen.get(file);
        return known == null || !known.since().plus(rules.patience()).isAfter(clock.instant());
    }

    /** Whether the file had arrived at the last look, and its turn has come. */
    public synchronized boolean hasArrived(Path file) {
        return arrived.containsKey(absolute(file));
    }

    /**
     * Reads what has arrived.
     *
     * @return empty if it is another file by now, which then has yet to arrive
     */
    public Optional<Arrival> take(Path file) throws IOException {
        Optional<Arrival> arrival;
        synchronized (this) {
            arrival = Optional.ofNullable(arrived.get(absolute(file)));
        }
        return arrival.isEmpty() ? arrival : arrival.get().read();
    }

    /** Has a file that cannot be moved away wait for a while, or until it changes. */
    public synchronized void defer(Path file) {
        deferred.put(absolute(file), clock.instant().plus(LATER));
    }

    /**
     * Has a data file taken away with the next {@link #tidy}, unless a manifest still names it then, or it has changed.
     *
     * @param copy where its content is by now
     */
    public synchronized void release(Path data, Path copy) {
        released.put(absolute(data), copy);
    }

    /**
     * Takes away the data files that nothing names any more.
     *
     * @throws IOException if one cannot be taken away; it stays
     */
    public synchronized void tidy() throws IOException {
        if (released.isEmpty()) {
            return;
        }
        Map<Path, Path> copies = Map.copyOf(released);
        Set<Path> named = intake.namedBy(list().keySet());
        released.clear();
        for (Map.Entry<Path, Path> data : copies.entrySet()) {
            if (!named.contains(data.getKey())) {
                TakeOut.delete(data.getKey(), aside -> Files.mismatch(aside, data.getValue()) < 0);
            }
        }
    }

    /** Whether nothing is there that is taken, now or soon, by itself. */
    public synchronized boolean isEmpty() {
        if (!released.isEmpty() || waiting.stream().anyMatch(Files::exists)) {
            return false;
        }
        try {
            Set<Path> files = list().keySet();
            Set<Path> named = intake.namedBy(files);
            return files.stream()
                    .noneMatch(file -> TakeOut.isAside(file)
                            || isIntakeName(file)
                                    && !deferred.containsKey(file)
                                    && intake.takes(file, named)
                                    && !(rules.needsMarker() && !files.contains(beside(file, rules.doneSuffix()))));
        } catch (IOException e) {
            return true;
        }
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
