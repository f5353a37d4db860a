package io.camelray.ledger;

import io.camelray.ledger.ArchiveLedger.Row;
import io.camelray.ledger.RenderSets.Place;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Reads rows with whatever columns they have: a later column is archived as well, without anybody thinking of it. */
final class ArchiveReader {

    private static final int PAGE = 500;

    /** Presigned: whoever has it needs no key. */
    private static final Set<String> SECRET = Set.of("url");

    /** What belongs to a page of renders, in the order of the file. */
    private static final Map<String, String> OF_RENDERS = new LinkedHashMap<>();

    static {
        OF_RENDERS.put("render", "SELECT * FROM ray_render WHERE id IN (<ids>) ORDER BY id");
        OF_RENDERS.put("parent", "SELECT * FROM ray_parent WHERE child_id IN (<ids>) ORDER BY child_id, step");
        OF_RENDERS.put("output", "SELECT * FROM ray_output WHERE render_id IN (<ids>) ORDER BY render_id, id");
        OF_RENDERS.put("attempt", "SELECT * FROM ray_attempt WHERE render_id IN (<ids>) ORDER BY render_id, number");
        OF_RENDERS.put("event", "SELECT * FROM ray_event WHERE render_id IN (<ids>) ORDER BY render_id, id");
    }

    private final LedgerDatabase database;
    private final Tables tables;

    ArchiveReader(LedgerDatabase database, Tables tables) {
        this.database = database;
        this.tables = tables;
    }

    /** The campaign, its revisions, and page by page all renders of each with what belongs to them. */
    void rows(long campaign, Consumer<Row> sink) {
        database.read(handle ->
                        select(handle, "campaign", "SELECT * FROM ray_campaign WHERE id IN (<ids>)", List.of(campaign)))
                .forEach(sink);
        for (long revision : database.read(handle -> tables.archive().revisions(handle, campaign))) {
            database.read(handle -> select(
                            handle, "revision", "SELECT * FROM ray_revision WHERE id IN (<ids>)", List.of(revision)))
                    .forEach(sink);
            Place after = Place.START;
            while (after != null) {
                Place from = after;
                List<Place> places = database.read(handle -> tables.sets().page(handle, revision, from, PAGE));
                List<Long> ids =
                        places.stream().map(place -> place.id().value()).toList();
                if (!ids.isEmpty()) {
                    OF_RENDERS.forEach((table, query) -> database.read(handle -> select(handle, table, query, ids))
                            .forEach(sink));
                }
                after = places.isEmpty() ? null : places.get(places.size() - 1);
            }
        }
    }

    private static List<Row> select(Handle handle, String table, String query, List<Long> ids) {
        return handle.createQuery(query)
                .bindList("ids", ids)
                .map((row, context) -> new Row(table, values(row)))
                .list();
    }

    private static Map<String, Object> values(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
            Object value = SECRET.contains(name) ? null : value(row, i, columns);
            if (value != null && !row.wasNull()) {
                values.put(name, value);
            }
        }
        return values;
    }

    private static Object value(ResultSet row, int column, ResultSetMetaData columns) throws SQLException {
        if (columns.getColumnTypeName(column).equalsIgnoreCase("uuid")) {
            return row.getString(column);
        }
        return switch (columns.getColumnType(column)) {
            case Types.BIGINT, Types.INTEGER -> row.getLong(column);
            case Types.BOOLEAN, Types.BIT -> row.getBoolean(column);
            case Types.BLOB, Types.BINARY, Types.VARBINARY -> row.getBytes(column);
            default -> row.getString(column);
        };
    }
}
