package io.camelray.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that a ledger lives in. */
public final class LedgerStore {
    private static final String H2 = "jdbc:h2:";
    private static final String SUFFIX = ".mv.db";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    /**
     * A program that is stopped in the middle of a transaction must not keep an account's row from all the others; and
     * whoever waits longer than this for a row is told so.
     */
    private static final String NO_ENDLESS_LOCKS =
            "SET idle_in_transaction_session_timeout = '20s'; SET lock_timeout = '60s'";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);
    private static final long LOOK_MILLIS = 200;
    private static final int CONNECTIONS = 10;
    private static final long CONNECT_MILLIS = 10_000;
    private static final int H2_ALREADY_OPEN = 90020;
    /** Settings that would undo a promise: durable commits, one program on a file, our own shutdown. */
    private static final Set<String> OURS = Set.of(
            "WRITE_DELAY",
            "AUTO_SERVER",
            "FILE_LOCK",
            "DB_CLOSE_ON_EXIT",
            "DB_CLOSE_DELAY",
            "LOCK_TIMEOUT",
            "REUSE_SPACE",
            "MAX_COMPACT_TIME");

    /** How many parsed statements H2 keeps for each connection: eight, unless it is told, and we have a hundred. */
    private static final String PARSED = "QUERY_CACHE_SIZE";

    private static final int STATEMENTS = 256;

    private LedgerStore() {}

    /**
     * Opens a pool on an H2 file ({@code jdbc:h2:file:…}), a private H2 memory database ({@code jdbc:h2:mem:}, gone when
     * the pool is closed), or a PostgreSQL database. An H2 URL is opened durable and for one program, whatever it says.
     *
     * @throws LedgerHeldException if another program holds the file
     * @throws LedgerUnavailableException if it cannot be opened for another reason
     */
    public static HikariDataSource open(String url, String user, String password) {
        boolean h2 = url.toLowerCase(Locale.ROOT).startsWith(H2);
        String effective = h2 ? durable(url) : url;
        try {
            if (h2 && !isInMemory(url)) {
                AppendedFile.shrink(effective, user, password);
            }
        } catch (SQLException e) {
            throw refused(effective, e);
        }
        // A first plain connection gives clean errors, and holds an embedded database open until the pool has its own.
        try (Connection first = DriverManager.getConnection(effective, user, password)) {
            first.isValid(1);
            HikariConfig config = new HikariConfig();
            config.setPoolName("camel-ray-ledger");
            config.setJdbcUrl(effective);
            config.setUsername(user);
            config.setPassword(password);
            config.setMaximumPoolSize(CONNECTIONS);
            if (h2) {
                // An embedded database closes with its last connection.
                config.setMinimumIdle(CONNECTIONS);
                config.setMaxLifetime(0);
                config.setExceptionOverride(new ClosedDatabase());
                // Everybody waits while a file is written anew.
                config.setAllowPoolSuspension(!isInMemory(url));
            } else if (isShared(url)) {
                config.setConnectionInitSql(NO_ENDLESS_LOCKS);
                config.setConnectionTimeout(CONNECT_MILLIS);
                // A server that has vanished without a word is noticed.
                config.addDataSourceProperty("tcpKeepAlive", "true");
                // A plan is written in one statement for a hundred renders instead of a hundred.
                config.addDataSourceProperty("reWriteBatchedInserts", "true");
            }
            return new HikariDataSource(config);
        } catch (SQLException e) {
            throw refused(effective, e);
        }
    }

    /**
     * The same for a program that stays: a command that is at work on the file, or a program that is just ending, is waited
     * for.
     *
     * @throws LedgerHeldException if another program still holds the file after {@code patience}
     * @throws LedgerUnavailableException if it cannot be opened for another reason
     */
    public static HikariDataSource await(String url, String user, String password, Duration patience)
            throws InterruptedException {
        long start = System.nanoTime();
        boolean said = false;
        while (true) {
            try {
                return open(url, user, password);
            } catch (LedgerHeldException held) {
                if (System.nanoTime() - start >= patience.toNanos()) {
                    throw held;
                }
                if (!said) {
                    LOG.info("Another program holds the ledger {}; it is waited for", location(url));
                    said = true;
                }
                // Nothing announces that a file is free.
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** The file that an H2 URL names; empty for anything else. */
    public static Optional<Path> file(String url) {
        String location = url.split(";", 2)[0];
        if (!location.toLowerCase(Locale.ROOT).startsWith(H2)) {
            return Optional.empty();
        }
        String name = location.substring(H2.length()).replaceFirst("^file:", "");
        if (name.matches("(?i)[a-z]{2,}:.*")) {
            return Optional.empty();
        }
        String whole = name.startsWith("~") ? System.getProperty("user.home") + name.substring(1) : name;
        return Optional.of(Path.of(whole + SUFFIX).toAbsolutePath().normalize());
    }

    /** The URL of an H2 file. @param file as {@link #file} names it */
    static String url(Path file) {
        String name = file.toString();
        return H2 + "file:" + name.substring(0, name.length() - SUFFIX.length());
    }

    /** Whether several programs may work on the ledger at this URL. */
    public static boolean isShared(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith(POSTGRESQL);
    }

    private static boolean isInMemory(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith(H2 + "mem:");
    }

    private static String durable(String url) {
        String[] parts = url.split(";");
        StringBuilder result = new StringBuilder(parts[0]);
        if (parts[0].equalsIgnoreCase(H2 + "mem:")) {
            result.append("ray-").append(UUID.randomUUID());
        }
        List<String> settings = new ArrayList<>();
        boolean remembers = false;
        for (int i = 1; i < parts.length; i++) {
            String name = parts[i].split("=", 2)[0].strip().toUpperCase(Locale.ROOT);
            remembers |= name.equals(PARSED);
            if (!name.isEmpty() && !OURS.contains(name)) {
                settings.add(parts[i]);
            }
        }
        if (!remembers) {
            settings.add(PARSED + "=" + STATEMENTS);
        }
        settings.add("WRITE_DELAY=0");
        settings.add("DB_CLOSE_ON_EXIT=FALSE");
        settings.add("LOCK_TIMEOUT=60000");
        if (!isInMemory(url)) {
            // Where H2 (2.2.220 to 2.5.252) writes into freed space, it notes the last chunk only after the header that
            // should point to it: a kill then loses up to twenty acknowledged commits. What is only appended is found
            // again; AppendedFile makes the file small again.
            settings.add("REUSE_SPACE=FALSE");
        }
        settings.forEach(setting -> result.append(';').append(setting));
        return result.toString();
    }

    private static String location(String url) {
        String location = url.split(";", 2)[0].split("\\?", 2)[0];
        // Some drivers accept a password before the host.
        return location.replaceFirst("//[^/@]*@", "//");
    }

    private static RuntimeException refused(String url, SQLException e) {
        String location = location(url);
        if (e.getErrorCode() == H2_ALREADY_OPEN) {
            return new LedgerHeldException(
                    "Another program holds the ledger " + location
                            + ": stop it, or give this one a ledger of its own (ray.ledger.url)",
                    e);
        }
        // A missing driver is said with all of the URL, a password in it included.
        String said = String.valueOf(e.getMessage()).replace(url, location).split("\\R", 2)[0];
        String need = location.startsWith(H2)
                ? "its folder must exist or be creatable, and be writable"
                : "its server must run, its database exist, and ray.ledger.username and ray.ledger.password be right";
        return new LedgerUnavailableException("The ledger " + location + " cannot be opened; " + need + ": " + said, e);
    }
}
