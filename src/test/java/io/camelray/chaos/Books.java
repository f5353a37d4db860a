package io.camelray.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ledger as it lies in its tables once no program holds it; read with plain SQL, so that what the product's own reading
 * hides is seen.
 */
record Books(
        List<RenderRow> renders,
        List<AttemptRow> attempts,
        List<OutputRow> outputs,
        List<HistoryRow> history,
        MoneyRow money) {

    record RenderRow(long id, String campaign, String state, String note) {}

    /** @param stake where its money is counted @param body the bytes that were sent, while the ledger still keeps them */
    record AttemptRow(
            long render,
            String verdict,
            Optional<String> job,
            String stake,
            long reserve,
            long confirmed,
            Optional<JsonNode> body) {}

    record OutputRow(long render, String destination, String key, boolean stored, String sha256, long bytes) {}

    /** What became of a render, as a line; and at last what it waits for. */
    record HistoryRow(long render, String line) {}

    /** Micro-dollars, over all campaigns. */
    record MoneyRow(long reserved, long confirmed, long atRisk) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param source closed when all is read */
    static Books of(HikariDataSource source) throws SQLException {
        try (source;
                Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return new Books(
                    rows(
                            statement,
                            """
                            SELECT r.id, c.name, r.state, r.note FROM ray_render r
                              JOIN ray_campaign c ON c.id = r.campaign_id""",
                            row -> new RenderRow(row.getLong(1), row.getString(2), row.getString(3), row.getString(4))),
                    rows(
                            statement,
                            "SELECT render_id, verdict, job, stake, reserve, confirmed, wire_body FROM ray_attempt",
                            Books::attempt),
                    rows(
                            statement,
                            """
                            SELECT render_id, destination, COALESCE(stored_key, object_key), stored_at IS NOT NULL,
                                   sha256, bytes FROM ray_output""",
                            row -> new OutputRow(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getBoolean(4),
                                    row.getString(5),
                                    row.getLong(6))),
                    history(statement),
                    rows(
                                    statement,
                                    "SELECT SUM(reserved), SUM(confirmed), SUM(at_risk) FROM ray_campaign",
                                    row -> new MoneyRow(row.getLong(1), row.getLong(2), row.getLong(3)))
                            .get(0));
        }
    }

    private static List<HistoryRow> history(Statement statement) throws SQLException {
        List<HistoryRow> history = rows(
                statement,
                """
                SELECT render_id, at, kind, from_state, to_state, detail FROM ray_event
                 WHERE render_id IS NOT NULL ORDER BY id""",
                row -> new HistoryRow(
                        row.getLong(1),
                        moment(row.getLong(2)) + " " + row.getString(3) + " " + row.getString(4) + " to "
                                + row.getString(5) + ": " + row.getString(6)));
        history.addAll(rows(
                statement,
                "SELECT render_id, queue, due_at, lease_until, epoch FROM ray_waiting",
                row -> new HistoryRow(
                        row.getLong(1),
                        "waits for " + row.getString(2) + ", due " + moment(row.getLong(3)) + ", leased until "
                                + row.getLong(4) + " by " + row.getLong(5))));
        return history;
    }

    private static Instant moment(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static AttemptRow attempt(ResultSet row) throws SQLException {
        byte[] body = row.getBytes(7);
        try {
            return new AttemptRow(
                    row.getLong(1),
                    row.getString(2),
                    Optional.ofNullable(row.getString(3)),
                    row.getString(4),
                    row.getLong(5),
                    row.getLong(6),
                    body == null ? Optional.empty() : Optional.of(JSON.readTree(body)));
        } catch (IOException e) {
            throw new SQLException("An attempt's body is no JSON", e);
        }
    }

    private interface Mapping<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(Statement statement, String query, Mapping<T> mapping) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(mapping.read(result));
            }
        }
        return rows;
    }

    /** What became of these renders, for a person to read. */
    String historyOf(List<RenderRow> wanted) {
        return wanted.stream()
                .map(render -> render + "\n"
                        + history.stream()
                                .filter(row -> row.render() == render.id())
                                .map(HistoryRow::line)
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }

    long renders(String state) {
        return renders.stream().filter(render -> render.state().equals(state)).count();
    }

    List<AttemptRow> attempts(String verdict) {
        return attempts.stream()
                .filter(attempt -> attempt.verdict().equals(verdict))
                .toList();
    }
}
