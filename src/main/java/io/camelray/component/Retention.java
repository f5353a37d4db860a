package io.camelray.component;

import io.camelray.component.UpkeepSettings.Kept;
import io.camelray.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has been kept long enough: once at the start, then once a day. The ledger stays whole but for its
 * history of events; outputs, and what waits in the inbox, the dead letter or the spool, are never touched.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration BETWEEN = Duration.ofDays(1);
    private static final Map<Kept, String> FOLDERS =
            Map.of(Kept.ACCEPTED, "accepted", Kept.REJECTED, "rejected", Kept.REPORTS, "reports");

    private final Path home;
    private final Map<Kept, Duration> retention;
    private final Ledger ledger;
    private final Consumer<Duration> receipts;
    private final Clock clock;
    private Instant next = Instant.MIN;

    /** @param receipts lets go of settled receipts that are older than this */
    Retention(Path home, Map<Kept, Duration> retention, Ledger ledger, Consumer<Duration> receipts, Clock clock) {
        this.home = home;
        this.retention = retention;
        this.ledger = ledger;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** Looks whether it is time. */
    void tick() {
        if (clock.instant().isBefore(next)) {
            return;
        }
        next = clock.instant().plus(BETWEEN);
        FOLDERS.forEach((kept, folder) -> {
            if (retention.containsKey(kept)) {
                sweep(home.resolve(folder), clock.instant().minus(retention.get(kept)));
            }
        });
        if (retention.containsKey(Kept.RECEIPTS)) {
            receipts.accept(retention.get(Kept.RECEIPTS));
        }
        if (retention.containsKey(Kept.EVENTS)) {
            long gone = ledger.forgetEvents(clock.instant().minus(retention.get(Kept.EVENTS)));
            if (gone > 0) {
                LOG.info("{} events were older than {} days, and are forgotten", gone, days(Kept.EVENTS));
            }
        }
    }

    private long days(Kept kept) {
        return retention.get(kept).toDays();
    }

    private static void sweep(Path folder, Instant before) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted((one, other) -> other.getNameCount() - one.getNameCount())
                    .filter(path -> !path.equals(folder))
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("The folder {} cannot be swept now: {}", folder, e.getMessage());
            return;
        }
        int gone = 0;
        for (Path path : deepestFirst) {
            gone += isOver(path, before) && remove(path) ? 1 : 0;
        }
        if (gone > 0) {
            LOG.info("{} files and folders in {} were kept long enough, and are removed", gone, folder);
        }
    }

    private static boolean isOver(Path path, Instant before) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(before)
                    && (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || isEmpty(path));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static boolean remove(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", path, e.getMessage());
            return false;
        }
    }
}
