package io.camelray.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code ray_node}: who works on this ledger. */
final class NodeTable {
    /** Ends a condition on a column: whose epoch it holds lives no more, or never did. */
    static final String NOBODYS = " NOT IN (SELECT n.epoch FROM ray_node n)";

    /** Ends a condition: no life but {@code :epoch} has leased it, however long ago. */
    static final String NOT_ANOTHERS = " AND epoch IN (0, :epoch)";

    record Node(long epoch, String name) {}

    /** @return the epoch of the life that begins */
    long insert(Handle handle, String name, long now) {
        return handle.createUpdate("INSERT INTO ray_node (name, beat_at) VALUES (:name, :now)")
                .bind("name", name)
                .bind("now", now)
                .executeAndReturnGeneratedKeys("epoch")
                .mapTo(Long.class)
                .one();
    }

    Optional<Long> epoch(Handle handle, String name) {
        return handle.createQuery("SELECT epoch FROM ray_node WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne();
    }

    /** The life of that name which was entered at that moment and has not been heard of since. */
    Optional<Long> begun(Handle handle, String name, long at) {
        return handle.createQuery("SELECT epoch FROM ray_node WHERE name = :name AND beat_at = :at")
                .bind("name", name)
                .bind("at", at)
                .mapTo(Long.class)
                .findOne();
    }

    boolean lives(Handle handle, long epoch) {
        return handle.createQuery("SELECT 1 FROM ray_node WHERE epoch = :epoch")
                .bind("epoch", epoch)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** @return whether it still lives */
    boolean beat(Handle handle, long epoch, long now) {
        return handle.createUpdate("UPDATE ray_node SET beat_at = :now WHERE epoch = :epoch")
                        .bind("epoch", epoch)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Nodes that were last heard of at {@code since} or before. */
    List<Node> silent(Handle handle, long since) {
        return handle.createQuery("SELECT epoch, name FROM ray_node WHERE beat_at <= :since ORDER BY epoch")
                .bind("since", since)
                .map((row, context) -> new Node(row.getLong("epoch"), row.getString("name")))
                .list();
    }

    /** @return whether it was this call that ended it, and it has not been heard of in the meantime */
    boolean deleteSilent(Handle handle, long epoch, long since) {
        return handle.createUpdate("DELETE FROM ray_node WHERE epoch = :epoch AND beat_at <= :since")
                        .bind("epoch", epoch)
                        .bind("since", since)
                        .execute()
                == 1;
    }

    void delete(Handle handle, long epoch) {
        handle.createUpdate("DELETE FROM ray_node WHERE epoch = :epoch")
                .bind("epoch", epoch)
                .execute();
    }

    void deleteAll(Handle handle) {
        handle.execute("DELETE FROM ray_node");
    }
}
