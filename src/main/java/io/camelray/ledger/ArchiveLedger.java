package io.camelray.ledger;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the rows of campaigns that have wholly ended out of the ledger; {@link LedgerArchive} does it in the order in which
 * nothing is lost. What stays: the campaign with its money, its revisions with their digests and manifests, how many of
 * its renders ended in which state, the days' budgets, and the token of every attempt, so that a reply to it is known.
 */
public interface ArchiveLedger {

    /**
     * When a campaign was archived, and into which file.
     *
     * @param file its name as it was given then; it may have been moved since
     */
    record Archived(Instant at, String file) {

        /** As a part of a sentence about the campaign. */
        @Override
        public String toString() {
            return "archived on " + at + " into " + file;
        }
    }

    /** A campaign as it was when it was found to have ended. @param changes what {@link #markArchived} compares */
    record Ended(long id, String campaign, long changes) {}

    /** One row of a table. @param values by column; absent ones are null in the ledger */
    record Row(String table, Map<String, Object> values) {}

    /**
     * Campaigns of which every render has ended, nothing is at risk, unknown or waiting to be handed over, and nothing has
     * happened since {@code before}.
     *
     * @param campaigns only these; empty for all that there are, without those of ad-hoc requests
     * @throws OperatorException if one that is named cannot be archived, and why
     */
    List<Ended> archivable(Instant before, Collection<String> campaigns);

    /** Streams all rows of a campaign, without addresses that are secret; constant memory. */
    void archiveRows(Ended campaign, Consumer<Row> sink);

    /**
     * From now on nothing can be done with these campaigns, and their rows may go; on the disk when this returns.
     *
     * @return those that could be: the others have changed since they were found
     */
    List<Ended> markArchived(List<Ended> campaigns, Instant before, Path file);

    /** Removes what is left of marked campaigns, some at a time. Others work meanwhile. @return renders removed */
    long removeArchived();
}
