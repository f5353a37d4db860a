package io.camelray.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An H2 file that is only appended to: nothing else makes it smaller. */
final class AppendedFile {

    /** Bytes below which a file is left as it is. */
    private static final long WORTH_IT = 16 * 1024 * 1024;
    /** Per cent of the file that is still of use; copying the rest would cost a large ledger its quick start. */
    private static final long MOSTLY_OF_USE = 25;

    private AppendedFile() {}

    /**
     * Writes the file anew if most of it is of no use any more. Nobody else may have it open.
     */
    static void shrink(String url, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            if (info(connection, "info.FILE_SIZE") > WORTH_IT
                    && info(connection, "info.CHUNKS_FILL_RATE") < MOSTLY_OF_USE) {
                // Closed with the database; closing it once more is refused.
                Statement statement = connection.createStatement();
                statement.execute("SHUTDOWN COMPACT");
            }
        }
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
