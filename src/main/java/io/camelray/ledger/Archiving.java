package io.camelray.ledger;

import io.camelray.ledger.ArchiveLedger.Archived;
import io.camelray.ledger.ArchiveLedger.Ended;
import io.camelray.ledger.ArchiveLedger.Row;
import io.camelray.model.AttemptToken;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Decides which campaigns have wholly ended, marks them, and removes their rows. */
final class Archiving {

    /** Few enough that nobody waits long for the transaction. */
    private static final int REMOVED = 500;

    /** What keeps a campaign in the ledger. @param query that finds it @param name as people are told it */
    private record Obstacle(String query, String name) {}

    /** In the order in which they are looked for. */
    private static final List<Obstacle> OBSTACLES = List.of(
            new Obstacle(
                    "SELECT id FROM ray_revision WHERE campaign_id = :campaign AND state = 'planning'",
                    "a revision of it is being planned"),
            new Obstacle(
                    "SELECT id FROM ray_campaign WHERE id = :campaign AND (reserved <> 0 OR at_risk <> 0)",
                    "money of it is reserved or at risk"),
            new Obstacle(
                    """
                    SELECT id FROM ray_render WHERE campaign_id = :campaign
                       AND state IN ('planned', 'held', 'submitting', 'unknown', 'rendering', 'rendered')""",
                    "not all of its renders have ended"),
            new Obstacle(
                    """
                    SELECT w.render_id FROM ray_waiting w JOIN ray_render r ON r.id = w.render_id
                     WHERE r.campaign_id = :campaign""",
                    "a failed render of it has not been handed to the dead-letter channel"),
            new Obstacle(
                    """
                    SELECT w.event_id FROM ray_event_waiting w JOIN ray_event e ON e.id = w.event_id
                     WHERE e.campaign_id = :campaign""",
                    "an event of it has not been handed to the events channel"),
            new Obstacle(
                    "SELECT id FROM ray_revision WHERE campaign_id = :campaign AND accepted_at >= :before",
                    "a revision of it was accepted since then"),
            new Obstacle(
                    "SELECT id FROM ray_render WHERE campaign_id = :campaign AND changed_at >= :before",
                    "a render of it has changed since then"),
            // A job of the account that is on record here can be told from the one that is looked for.
            new Obstacle(
                    """
                    SELECT a.token FROM ray_revision v JOIN ray_render r ON r.account = v.account
                      JOIN ray_attempt a ON a.token = r.attempt
                     WHERE v.campaign_id = :campaign AND r.state IN ('submitting', 'unknown') AND a.bound_at < :before""",
                    "its account has an unknown render from that time (camel-ray resolve)"));

    private final LedgerDatabase database;
    private final Tables tables;
    private final ArchiveTable table;
    private final ArchiveReader reader;

    Archiving(LedgerDatabase database, Tables tables) {
        this.database = database;
        this.tables = tables;
        this.table = tables.archive();
        this.reader = new ArchiveReader(database, tables);
    }

    List<Ended> archivable(Instant before, Collection<String> campaigns) {
        long micros = Micros.of(before);
        if (campaigns.isEmpty()) {
            return database.read(table::candidates).stream()
                    .filter(campaign -> database.read(handle -> obstacle(handle, campaign, micros))
                            .isEmpty())
                    .toList();
        }
        return campaigns.stream()
                .distinct()
                .map(name -> database.read(handle -> require(handle, name, before)))
                .toList();
    }

    private Ended require(Handle handle, String name, Instant before) {
        Ended campaign = table.find(handle, name)
                .orElseThrow(() -> new OperatorException("There is no campaign '" + name + "'"));
        table.find(handle, campaign.id()).ifPresent(earlier -> {
            throw new OperatorException("Campaign " + name + " is " + earlier + " already");
        });
        if (name.startsWith(AdHocLedger.PREFIX)) {
            throw new OperatorException(name + " is an ad-hoc request, which is known by its key; those stay");
        }
        obstacle(handle, campaign, Micros.of(before)).ifPresent(why -> {
            throw new OperatorException("Campaign " + name + " stays in the ledger: " + why
                    + " (archived is what ended before " + before + ")");
        });
        return campaign;
    }

    private Optional<String> obstacle(Handle handle, Ended campaign, long before) {
        return OBSTACLES.stream()
                .filter(obstacle -> table.isThere(handle, obstacle.query(), campaign.id(), before))
                .map(Obstacle::name)
                .findFirst();
    }

    void rows(Ended campaign, Consumer<Row> sink) {
        reader.rows(campaign.id(), sink);
    }

    List<Ended> mark(List<Ended> campaigns, Instant before, Path file) {
        List<Ended> marked = new ArrayList<>();
        for (Ended campaign : campaigns) {
            boolean done = database.changeOnDisk(tx -> mark(tx, campaign, before, file));
            if (done) {
                marked.add(campaign);
            }
        }
        return marked;
    }

    /** Whatever changes a campaign or its renders waits for its row, and then finds it archived. */
    private boolean mark(Transaction tx, Ended campaign, Instant before, Path file) {
        boolean unchanged =
                tables.campaigns().lockIfThere(tx.handle(), campaign.id()).isPresent()
                        && table.find(tx.handle(), campaign.id()).isEmpty()
                        && table.find(tx.handle(), campaign.campaign())
                                .filter(campaign::equals)
                                .isPresent()
                        && obstacle(tx.handle(), campaign, Micros.of(before)).isEmpty();
        if (unchanged) {
            table.mark(tx.handle(), campaign.id(), tx.nowMicros(), file);
            tables.events().campaign(tx, "archived", campaign.id(), "into " + file);
            tx.markChanged();
        }
        return unchanged;
    }

    long remove() {
        long all = 0;
        for (long campaign : database.read(table::unfinished)) {
            int some;
            do {
                some = database.change(tx -> removeSome(tx, campaign));
                all += some;
            } while (some > 0);
        }
        return all;
    }

    /** Under the campaign's lock: another program may be removing the same rows. */
    private int removeSome(Transaction tx, long campaign) {
        return tables.campaigns().lockIfThere(tx.handle(), campaign).isPresent()
                ? table.removeSome(tx.handle(), campaign, REMOVED)
                : 0;
    }

    Map<String, Archived> all() {
        return database.read(table::all);
    }

    Optional<Archived> find(String campaign) {
        return database.read(handle -> table.find(handle, campaign).flatMap(found -> table.find(handle, found.id())));
    }

    boolean isArchived(AttemptToken token) {
        return database.read(handle -> table.isArchived(handle, token));
    }
}
