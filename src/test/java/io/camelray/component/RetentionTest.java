package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.camelray.component.UpkeepSettings.Kept;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.LedgerStore;
import io.camelray.model.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed after its time, on real files and a real ledger. */
class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path home;

    private Path file(String name, int days) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        FileTime time = FileTime.from(NOW.minus(Duration.ofDays(days)));
        Files.setLastModifiedTime(file, time);
        Files.setLastModifiedTime(file.getParent(), time);
        return file;
    }

    @Test
    void files_receipts_and_events_go_after_their_time_and_what_waits_stays() throws Exception {
        Path old = file("accepted/mugs/r1/mugs.yaml", 20);
        Path young = file("accepted/cups/r1/cups.yaml", 5);
        Path report = file("reports/mugs/r1.json", 400);
        Path waiting = file("dead-letter/mugs/r1.yaml", 400);
        List<Duration> receipts = new ArrayList<>();
        try (HikariDataSource database = LedgerStore.open("jdbc:h2:mem:retention", "sa", "");
                JdbcLedger ledger = new JdbcLedger(database, new DailyBudget(Money.dollars("100"), ZoneOffset.UTC));
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            long micros = NOW.minus(Duration.ofDays(40)).getEpochSecond() * 1_000_000;
            for (int i = 0; i < 3; i++) {
                statement.execute("INSERT INTO ray_event (at, kind) VALUES (" + micros + ", 'old')");
            }
            statement.execute("INSERT INTO ray_event_waiting (event_id, subject, due_at)"
                    + " SELECT MAX(id), 0, 0 FROM ray_event WHERE kind = 'old'");
            statement.execute(
                    "INSERT INTO ray_event (at, kind) VALUES (" + NOW.getEpochSecond() * 1_000_000 + ", 'new')");
            connection.commit();

            new Retention(
                            home,
                            Map.of(
                                    Kept.ACCEPTED, Duration.ofDays(10),
                                    Kept.RECEIPTS, Duration.ofDays(30),
                                    Kept.EVENTS, Duration.ofDays(30)),
                            ledger,
                            receipts::add,
                            Clock.fixed(NOW, ZoneOffset.UTC))
                    .tick();

            try (ResultSet left = statement.executeQuery(
                    "SELECT COUNT(*), SUM(CASE WHEN kind = 'old' THEN 1 ELSE 0 END) FROM ray_event"
                            + " WHERE kind IN ('old', 'new')")) {
                left.next();
                assertThat(left.getInt(1)).isEqualTo(2);
                assertThat(left.getInt(2)).as("the one that still waits").isEqualTo(1);
            }
        }
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(report).as("kept for ever").exists();
        assertThat(waiting).exists();
        assertThat(receipts).containsExactly(Duration.ofDays(30));
    }
}
