package io.camelray.ledger;

import io.camelray.ledger.DeliveryLedger.Redelivery;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PollingLedger.FoundOutput;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.ledger.RenderSets.Twins;
import io.camelray.model.Destination;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@code ray_output}: where each file of a render comes from, where it goes, and that it is there. */
final class OutputTable {

    /** What of it is still to be rendered goes before what lies somewhere already. */
    static final Duration REDELIVERY_HAS = Duration.ofDays(1);

    record OutputRow(
            long id,
            RenderId render,
            OutputKind kind,
            Destination destination,
            String key,
            String alternateKey,
            String url,
            Optional<Instant> expiresAt,
            int tries,
            Optional<SecuredFile> secured,
            boolean asked,
            Optional<Redelivery> redelivery,
            OutputRecord record) {

        boolean isStored() {
            return record.storedAt().isPresent();
        }

        /** Whether delivery still has to do with it. */
        boolean awaitsDelivery() {
            return asked && !isStored() && record.missing().isEmpty();
        }

        /** When its URL dies. What was not found has none and is most urgent; what lies somewhere already has time. */
        Instant diesAt(Instant now) {
            return expiresAt.orElse(redelivery.isPresent() ? now.plus(REDELIVERY_HAS) : now);
        }
    }

    private static final RowMapper<OutputRow> ROW = (row, context) -> {
        OutputKind kind = Labels.kind(row.getString("kind"));
        Destination destination = Destination.parse(row.getString("destination"));
        Optional<Instant> storedAt = Micros.optional(row, "stored_at");
        String key = row.getString("object_key");
        String storedKey = row.getString("stored_key");
        String spoolFile = row.getString("spool_file");
        OutputRecord record = new OutputRecord(
                kind,
                destination.locate(storedKey == null ? key : storedKey),
                storedAt,
                row.getLong("bytes"),
                row.getString("sha256"),
                row.getString("content_type"),
                row.getString("entity_tag"),
                row.getString("findings"),
                row.getString("missing"));
        return new OutputRow(
                row.getLong("id"),
                new RenderId(row.getLong("render_id")),
                kind,
                destination,
                key,
                row.getString("alternate_key"),
                row.getString("url"),
                Micros.optional(row, "expires_at"),
                row.getInt("tries"),
                spoolFile == null
                        ? Optional.empty()
                        : Optional.of(new SecuredFile(
                                Path.of(spoolFile),
                                record.bytes(),
                                record.sha256(),
                                record.contentType(),
                                record.findings())),
                row.getBoolean("asked"),
                RedeliveryTable.read(row),
                record);
    };

    private static final String SELECT =
            """
            SELECT o.id, o.render_id, o.kind, o.destination, o.object_key, o.alternate_key, o.url, o.expires_at, o.tries,
                   o.spool_file, o.bytes, o.sha256, o.content_type, o.findings, o.stored_at, o.stored_key, o.entity_tag,
                   o.missing, o.asked,
                   x.output_id AS x_output, x.destination AS x_destination, x.stored_key AS x_stored_key,
                   x.stored_at AS x_stored_at, x.bytes AS x_bytes, x.sha256 AS x_sha256,
                   x.content_type AS x_content_type, x.entity_tag AS x_entity_tag, x.findings AS x_findings
              FROM ray_output o LEFT JOIN ray_redelivery x ON x.output_id = o.id""";

    /** The rows of planned renders' outputs. @param ids of each of the renders, in order */
    static BulkRows rows(List<PlannedRender> renders, List<Long> ids) {
        BulkRows rows = new BulkRows("ray_output", "render_id", "kind", "destination", "object_key", "alternate_key");
        for (int i = 0; i < renders.size(); i++) {
            for (PlannedOutput output : renders.get(i).outputs()) {
                rows.add(
                        ids.get(i),
                        output.kind().label(),
                        output.destination().toString(),
                        output.key(),
                        output.alternateKey());
            }
        }
        return rows;
    }

    Optional<OutputRow> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE o.id = :id")
                .bind("id", id)
                .map(ROW)
                .findOne();
    }

    /** In the order of the plan. */
    List<OutputRow> of(Handle handle, RenderId render) {
        return ofRenders(handle, List.of(render)).getOrDefault(render, List.of());
    }

    Map<RenderId, List<OutputRow>> ofRenders(Handle handle, List<RenderId> renders) {
        return handle
                .createQuery(SELECT + " WHERE o.render_id IN (<renders>) ORDER BY o.render_id, o.id")
                .bindList("renders", renders.stream().map(RenderId::value).toList())
                .map(ROW)
                .stream()
                .collect(Collectors.groupingBy(OutputRow::render));
    }

    /** Whether the output is one that delivery still has to do with. */
    boolean awaitsDelivery(Handle handle, long id) {
        return handle.createQuery(
                                """
                        SELECT COUNT(*) FROM ray_output o JOIN ray_render r ON r.id = o.render_id
                         WHERE o.id = :id AND o.stored_at IS NULL AND o.missing = '' AND o.asked = TRUE
                           AND r.state = 'rendered'""")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Where a revision's outputs go. */
    List<Destination> destinations(Handle handle, long revision) {
        return handle
                .createQuery(
                        """
                        SELECT DISTINCT o.destination FROM ray_output o JOIN ray_render r ON r.id = o.render_id
                         WHERE r.revision_id = :revision AND o.asked = TRUE""")
                .bind("revision", revision)
                .mapTo(String.class)
                .stream()
                .sorted()
                .map(Destination::parse)
                .toList();
    }

    boolean hasStored(Handle handle, Destination destination, String key) {
        return handle.createQuery(
                                """
                        SELECT COUNT(*) FROM ray_output
                         WHERE destination = :destination AND stored_key = :key AND stored_at IS NOT NULL""")
                        .bind("destination", destination.toString())
                        .bind("key", key)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    boolean hasAny(Handle handle, RenderId render) {
        return handle.createQuery("SELECT COUNT(*) FROM ray_output WHERE render_id = :render")
                        .bind("render", render.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Kept renders of which nothing was completed deliver what the revision says that keeps them, and where it says. */
    static void handOver(Handle handle, List<Twins> heirs) {
        if (heirs.isEmpty()) {
            return;
        }
        handle.createUpdate("DELETE FROM ray_output WHERE render_id IN (<heirs>)")
                .bindList(
                        "heirs",
                        heirs.stream().map(heir -> heir.kept().id().value()).toList())
                .execute();
        PreparedBatch batch = handle.prepareBatch("UPDATE ray_output SET render_id = :kept WHERE render_id = :twin");
        heirs.forEach(heir -> batch.bind("kept", heir.kept().id().value())
                .bind("twin", heir.twin())
                .add());
        batch.execute();
    }

    /** Notes where the provider offers the files; the first of a kind counts, what nobody asked for is left. */
    void found(Handle handle, RenderId render, List<FoundOutput> outputs) {
        Map<OutputKind, FoundOutput> byKind = new EnumMap<>(OutputKind.class);
        outputs.forEach(output -> byKind.putIfAbsent(output.kind(), output));
        byKind.values().forEach(output -> handle.createUpdate(
                        """
                        UPDATE ray_output SET url = :url, expires_at = :expires
                         WHERE render_id = :render AND kind = :kind AND stored_at IS NULL AND missing = ''""")
                .bind("render", render.value())
                .bind("kind", output.kind().label())
                .bind("url", output.url())
                .bind("expires", Micros.of(output.expiresAt()))
                .execute());
    }

    void secured(Handle handle, long id, SecuredFile file) {
        handle.createUpdate(
                        """
                        UPDATE ray_output
                           SET spool_file = :file, bytes = :bytes, sha256 = :sha256, content_type = :type,
                               findings = :findings
                         WHERE id = :id""")
                .bind("id", id)
                .bind("file", file.file().toString())
                .bind("bytes", file.bytes())
                .bind("sha256", file.sha256())
                .bind("type", file.contentType())
                .bind("findings", file.findings())
                .execute();
    }

    /** The URL goes with it: it is a secret, and nobody needs it any more. */
    void stored(Handle handle, long id, String key, String entityTag, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_output
                           SET stored_at = :now, stored_key = :key, entity_tag = :tag, url = '', spool_file = NULL,
                               missing = ''
                         WHERE id = :id""")
                .bind("id", id)
                .bind("key", key)
                .bind("tag", entityTag)
                .bind("now", now)
                .execute();
    }

    /** The render is delivered without it. */
    void missing(Handle handle, long id, String reason) {
        handle.createUpdate("UPDATE ray_output SET missing = :reason, url = '', spool_file = NULL WHERE id = :id")
                .bind("id", id)
                .bind("reason", Bounded.text(reason))
                .execute();
    }

    /** What earlier attempts brought is of no use to the next one: all of its files are delivered anew. */
    void forget(Handle handle, List<Long> renders) {
        handle.createUpdate(
                        """
                        UPDATE ray_output
                           SET url = '', expires_at = NULL, tries = 0, spool_file = NULL, bytes = 0, sha256 = '',
                               content_type = '', findings = '', stored_at = NULL, stored_key = NULL, entity_tag = '',
                               missing = ''
                         WHERE render_id IN (<renders>)""")
                .bindList("renders", renders)
                .execute();
    }

    void tried(Handle handle, long id) {
        handle.createUpdate("UPDATE ray_output SET tries = tries + 1 WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
