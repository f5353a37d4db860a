package io.camelray.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Opens the store that a ledger lives in. */
public final class LedgerStore {
    private static final String H2 = "jdbc:h2:";
    private static final int CONNECTIONS = 10;
    private static final int H2_ALREADY_OPEN = 90020;
    /** Settings that would undo a promise: durable commits, one program on a file, our own shutdown. */
    private static final Set<String> OURS =
            Set.of("WRITE_DELAY", "AUTO_SERVER", "FILE_LOCK", "DB_CLOSE_ON_EXIT", "DB_CLOSE_DELAY", "LOCK_TIMEOUT");

    private LedgerStore() {}

    /**
     * Opens a pool on an H2 file ({@code jdbc:h2:file:…}), a private H2 memory database ({@code jdbc:h2:mem:}, gone when
     * the pool is closed), or any other database. An H2 URL is opened durable and for one program, whatever it says.
     *
     * @throws LedgerHeldException if another program holds the file
     * @throws LedgerUnavailableException if it cannot be opened for another reason
     */
    public static HikariDataSource open(String url, String user, String password) {
        boolean h2 = url.toLowerCase(Locale.ROOT).startsWith(H2);
        String effective = h2 ? durable(url) : url;
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
            }
            return new HikariDataSource(config);
        } catch (SQLException e) {
            throw refused(location(effective), e);
        }
    }

    private static String durable(String url) {
        String[] parts = url.split(";");
        StringBuilder result = new StringBuilder(parts[0]);
        if (parts[0].equalsIgnoreCase(H2 + "mem:")) {
            result.append("ray-").append(UUID.randomUUID());
        }
        List<String> settings = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String name = parts[i].split("=", 2)[0].strip().toUpperCase(Locale.ROOT);
            if (!name.isEmpty() && !OURS.contains(name)) {
                settings.add(parts[i]);
            }
        }
        settings.add("WRITE_DELAY=0");
        settings.add("DB_CLOSE_ON_EXIT=FALSE");
        settings.add("LOCK_TIMEOUT=60000");
        settings.forEach(setting -> result.append(';').append(setting));
        return result.toString();
    }

    private static String location(String url) {
        String location = url.split(";", 2)[0].split("\\?", 2)[0];
        // Some drivers accept a password before the host.
        return location.replaceFirst("//[^/@]*@", "//");
    }

    private static RuntimeException refused(String location, SQLException e) {
        if (e.getErrorCode() == H2_ALREADY_OPEN) {
            return new LedgerHeldException(
                    "Another program holds the ledger " + location
                            + ": stop it, or give this one a ledger of its own (ray.ledger.url)",
                    e);
        }
        String said = String.valueOf(e.getMessage()).split("\\R", 2)[0];
        return new LedgerUnavailableException(
                "The ledger " + location + " cannot be opened; its folder must exist or be creatable, and be writable: "
                        + said,
                e);
    }
}
