package io.camelray.ledger;

import io.camelray.ledger.DeliveryLedger.EarlierObject;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.Redelivery;
import io.camelray.model.Destination;
import io.camelray.model.RenderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@code ray_redelivery}: where outputs lie that are wanted elsewhere. */
final class RedeliveryTable {

    /** An object that is still to be copied. @param render whose it is */
    record Source(long outputId, RenderId render, Destination destination, String key) {

        String location() {
            return destination.locate(key);
        }
    }

    /** The columns {@code x_…} of a joined row. */
    static Optional<Redelivery> read(ResultSet row) throws SQLException {
        if (row.getObject("x_output") == null) {
            return Optional.empty();
        }
        String key = row.getString("x_stored_key");
        return Optional.of(new Redelivery(
                key == null
                        ? Optional.empty()
                        : Optional.of(new EarlierObject(
                                Destination.parse(row.getString("x_destination")),
                                key,
                                Micros.instant(row, "x_stored_at"),
                                row.getLong("x_bytes"),
                                row.getString("x_sha256"),
                                row.getString("x_content_type"),
                                row.getString("x_entity_tag"),
                                row.getString("x_findings")))));
    }

    /** Remembers where outputs lie, or that they lie nowhere, before they are planned elsewhere. */
    void remember(Handle handle, long campaignId, List<Long> outputs) {
        handle.createUpdate(
                        """
                        INSERT INTO ray_redelivery (output_id, campaign_id, destination, object_key, alternate_key,
                                                    stored_key, stored_at, bytes, sha256, content_type, entity_tag,
                                                    findings)
                        SELECT id, :campaign, destination, object_key, alternate_key, stored_key, stored_at, bytes,
                               sha256, content_type, entity_tag, findings
                          FROM ray_output WHERE id IN (<outputs>)""")
                .bind("campaign", campaignId)
                .bindList("outputs", outputs)
                .execute();
    }

    /** The same for an output that was stored where it does not belong any more. */
    void remember(Handle handle, long campaignId, PendingOutput pending, String key, String entityTag, long now) {
        delete(handle, pending.outputId());
        handle.createUpdate(
                        """
                        INSERT INTO ray_redelivery (output_id, campaign_id, destination, object_key, alternate_key,
                                                    stored_key, stored_at, bytes, sha256, content_type, entity_tag,
                                                    findings)
                        SELECT id, :campaign, :destination, :planned, :alternate, :key, :now, bytes,
                               sha256, content_type, :tag, findings
                          FROM ray_output WHERE id = :output""")
                .bind("campaign", campaignId)
                .bind("output", pending.outputId())
                .bind("destination", pending.destination().toString())
                .bind("planned", pending.key())
                .bind("alternate", pending.alternateKey())
                .bind("key", key)
                .bind("now", now)
                .bind("tag", entityTag)
                .execute();
        handle.createUpdate("UPDATE ray_output SET spool_file = NULL, tries = 0 WHERE id = :output")
                .bind("output", pending.outputId())
                .execute();
    }

    void delete(Handle handle, long output) {
        handle.createUpdate("DELETE FROM ray_redelivery WHERE output_id = :output")
                .bind("output", output)
                .execute();
    }

    /** The output is again what it was, where it was. */
    void restore(Handle handle, long output) {
        handle.createUpdate(
                        """
                        UPDATE ray_output o
                           SET (destination, object_key, alternate_key, stored_key, stored_at, bytes, sha256,
                                content_type, entity_tag, findings) =
                               (SELECT x.destination, x.object_key, x.alternate_key, x.stored_key, x.stored_at, x.bytes,
                                       x.sha256, x.content_type, x.entity_tag, x.findings
                                  FROM ray_redelivery x WHERE x.output_id = o.id),
                               url = '', expires_at = NULL, spool_file = NULL, tries = 0
                         WHERE o.id = :output""")
                .bind("output", output)
                .execute();
    }

    /** What a campaign still has to copy from somewhere, in order of the outputs' ids. */
    List<Source> sources(Handle handle, long campaignId, long after, int limit) {
        return handle.createQuery(
                        """
                        SELECT x.output_id, o.render_id, x.destination, x.stored_key
                          FROM ray_redelivery x JOIN ray_output o ON o.id = x.output_id
                         WHERE x.campaign_id = :campaign AND x.output_id > :after AND x.stored_key IS NOT NULL
                         ORDER BY x.campaign_id, x.output_id
                         FETCH FIRST :limit ROWS ONLY""")
                .bind("campaign", campaignId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Source(
                        row.getLong("output_id"),
                        new RenderId(row.getLong("render_id")),
                        Destination.parse(row.getString("destination")),
                        row.getString("stored_key")))
                .list();
    }
}
