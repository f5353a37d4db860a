package io.camelray.ledger;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H2 file that is only appended to: nothing makes it smaller but writing it anew. H2 does that beside the file and puts
 * the new one into its place in one move, so that a kill finds the one or the other.
 */
final class AppendedFile {

    private static final Logger LOG = LoggerFactory.getLogger(AppendedFile.class);

    /** Bytes below which a file is left as it is. */
    private static final long WORTH_IT = 16 * 1024 * 1024;
    /** Per cent of the file that is still of use; copying the rest would cost more than it gives back. */
    private static final long MOSTLY_OF_USE = 25;
    /** How long the ledger may stand still for somebody who is reading. */
    private static final Duration READERS = Duration.ofSeconds(3);

    private final HikariDataSource pool;
    private final Path file;

    private AppendedFile(HikariDataSource pool, Path file) {
        this.pool = pool;
        this.file = file;
    }

    /** The file below a pool that {@link LedgerStore} has opened; empty for anything else. */
    static Optional<AppendedFile> below(DataSource dataSource) {
        return dataSource instanceof HikariDataSource pool && pool.isAllowPoolSuspension()
                ? LedgerStore.file(pool.getJdbcUrl()).map(file -> new AppendedFile(pool, file))
                : Optional.empty();
    }

    /** Writes the file anew if most of it is of no use any more. Nobody else may have it open. */
    static void shrink(String url, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            if (isMostlyOfNoUse(connection)) {
                writeAnew(connection);
            }
        }
    }

    /** Whether it has grown so large, and most of it is of no use any more. */
    boolean isWorthIt() {
        try {
            if (Files.size(file) < WORTH_IT) {
                return false;
            }
            try (Connection connection = pool.getConnection()) {
                return isMostlyOfNoUse(connection);
            }
        } catch (IOException | SQLException e) {
            LOG.debug("The size of the ledger's file cannot be told now: {}", e.getMessage());
            return false;
        }
    }

    /**
     * Writes the file anew while everybody waits: whoever asks the pool for a connection gets it when this is over. The
     * caller sees to it that nobody is writing.
     *
     * @return whether that was done; it is not while somebody goes on reading
     */
    boolean shrink() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        long began = System.nanoTime();
        connections.suspendPool();
        try {
            connections.softEvictConnections();
            if (!areAllGivenBack(connections, began + READERS.toNanos())) {
                return false;
            }
            long before = Files.size(file);
            try (Connection connection = connect()) {
                writeAnew(connection);
            }
            // What was being connected meanwhile may have been closed with the database.
            connections.softEvictConnections();
            LOG.info(
                    "The ledger's file was written anew: {} kB of {} kB were of use, {} ms",
                    Files.size(file) / 1024,
                    before / 1024,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            return true;
        } catch (IOException | SQLException e) {
            LOG.warn("The ledger's file {} cannot be written anew now, and goes on growing: {}", file, e.getMessage());
            return false;
        } finally {
            connections.resumePool();
        }
    }

    private static boolean areAllGivenBack(HikariPoolMXBean connections, long until) {
        while (connections.getActiveConnections() > 0) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
    }

    private static void writeAnew(Connection connection) throws SQLException {
        // Closed with the database; closing it once more is refused.
        Statement statement = connection.createStatement();
        statement.execute("SHUTDOWN COMPACT");
    }

    /** Some of the file is free, and of what is not some belongs to what was replaced long ago. */
    private static boolean isMostlyOfNoUse(Connection connection) throws SQLException {
        return info(connection, "info.FILE_SIZE") > WORTH_IT
                && info(connection, "info.FILL_RATE") * info(connection, "info.CHUNKS_FILL_RATE") < 100 * MOSTLY_OF_USE;
    }

    private static long info(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT setting_value FROM information_schema.settings WHERE setting_name = ?")) {
            query.setString(1, name);
            try (ResultSet value = query.executeQuery()) {
                return value.next() ? value.getLong(1) : 0;
            }
        }
    }
}
