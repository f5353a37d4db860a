package io.camelray.ledger;

import io.camelray.ledger.DigestLedger.Digest;
import io.camelray.ledger.Hands.DigestKey;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code ray_digest}: what people are told of, and whether they were. */
final class DigestTable {

    /** The stamp of the last one of that name. */
    OptionalLong stamp(Handle handle, String name) {
        return handle.createQuery("SELECT stamp FROM ray_digest WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    void insert(Handle handle, Digest digest, long now) {
        handle.createUpdate(
                        "INSERT INTO ray_digest (name, stamp, document, due_at) VALUES (:name, :stamp, :document, :now)")
                .bind("name", digest.name())
                .bind("stamp", digest.stamp())
                .bind("document", digest.document())
                .bind("now", now)
                .execute();
    }

    void replace(Handle handle, Digest digest, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_digest
                           SET stamp = :stamp, document = :document, sent = FALSE, due_at = :now, lease_until = 0, epoch = 0
                         WHERE name = :name AND stamp < :stamp""")
                .bind("name", digest.name())
                .bind("stamp", digest.stamp())
                .bind("document", digest.document())
                .bind("now", now)
                .execute();
    }

    void delete(Handle handle, String name) {
        handle.createUpdate("DELETE FROM ray_digest WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    /** {@link #lease} decides. @param skipTaken the dialect's */
    List<Digest> due(Handle handle, long now, int limit, String skipTaken) {
        return handle.createQuery(
                        """
                        SELECT name, stamp, document FROM ray_digest
                         WHERE sent = FALSE AND due_at <= :now AND lease_until <= :now
                         ORDER BY sent, due_at, name
                         FETCH FIRST :limit ROWS ONLY"""
                                + skipTaken)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) ->
                        new Digest(row.getString("name"), row.getLong("stamp"), row.getString("document")))
                .list();
    }

    /** @return whether the lease is this life's */
    boolean lease(Handle handle, Digest digest, long epoch, long now, long until) {
        return handle.createUpdate(
                                """
                                UPDATE ray_digest SET lease_until = :until, epoch = :epoch
                                 WHERE name = :name AND stamp = :stamp AND sent = FALSE
                                   AND due_at <= :now AND lease_until <= :now""")
                        .bind("name", digest.name())
                        .bind("stamp", digest.stamp())
                        .bind("epoch", epoch)
                        .bind("now", now)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /** @return whether the lease was this life's, and is so until then */
    boolean hold(Handle handle, String name, long stamp, long epoch, long until) {
        return handle.createUpdate(
                                """
                                UPDATE ray_digest SET lease_until = :until
                                 WHERE name = :name AND stamp = :stamp AND sent = FALSE
                                   AND lease_until > 0 AND epoch = :epoch""")
                        .bind("name", name)
                        .bind("stamp", stamp)
                        .bind("epoch", epoch)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    /** Unless another life has it by now. What was in it is not needed any more. */
    void settle(Handle handle, String name, long stamp, long epoch) {
        handle.createUpdate("UPDATE ray_digest SET sent = TRUE, document = '', lease_until = 0, epoch = 0"
                        + " WHERE name = :name AND stamp = :stamp" + NodeTable.NOT_ANOTHERS)
                .bind("name", name)
                .bind("stamp", stamp)
                .bind("epoch", epoch)
                .execute();
    }

    /** Unless another life has it by now. */
    void release(Handle handle, String name, long stamp, long epoch, long dueAt) {
        handle.createUpdate("UPDATE ray_digest SET lease_until = 0, epoch = 0, due_at = :due"
                        + " WHERE name = :name AND stamp = :stamp AND sent = FALSE" + NodeTable.NOT_ANOTHERS)
                .bind("name", name)
                .bind("stamp", stamp)
                .bind("epoch", epoch)
                .bind("due", dueAt)
                .execute();
    }

    /** Lets no lease end before {@code until} while its life goes on: what cannot be sent is tried once a minute. */
    void extend(Handle handle, long epoch, long until) {
        handle.createUpdate("UPDATE ray_digest SET lease_until = :until"
                        + " WHERE sent = FALSE AND epoch = :epoch AND lease_until > 0 AND lease_until < :until")
                .bind("epoch", epoch)
                .bind("until", until)
                .execute();
    }

    /** What is leased by a life. */
    Set<DigestKey> leased(Handle handle, long epoch) {
        return handle.createQuery(
                        "SELECT name, stamp FROM ray_digest WHERE sent = FALSE AND epoch = :epoch AND lease_until > 0")
                .bind("epoch", epoch)
                .map((row, context) -> new DigestKey(row.getString("name"), row.getLong("stamp")))
                .set();
    }

    /** Frees what is leased by lives that are over, or by somebody who never joined. */
    void releaseAll(Handle handle) {
        handle.execute("UPDATE ray_digest SET lease_until = 0, epoch = 0"
                + " WHERE sent = FALSE AND lease_until <> 0 AND epoch" + NodeTable.NOBODYS);
    }
}
