package io.camelray.ledger;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.PGConnection;

/** Writes many rows with PostgreSQL's {@code COPY}, which parses and plans nothing for each of them. */
final class CopyInsert {

    private CopyInsert() {}

    /** @return false if the connection is not the driver's own, and keeps that from us */
    static boolean write(Handle handle, BulkRows rows) {
        try {
            Connection connection = handle.getConnection();
            if (!connection.isWrapperFor(PGConnection.class)) {
                return false;
            }
            StringBuilder text = new StringBuilder();
            for (Object[] row : rows.rows()) {
                for (int i = 0; i < row.length; i++) {
                    append(text, row[i]).append(i < row.length - 1 ? '\t' : '\n');
                }
            }
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + rows.table() + " (" + rows.columnList() + ") FROM STDIN",
                            new StringReader(text.toString()));
            return true;
        } catch (SQLException e) {
            throw new TransactionException(e);
        } catch (IOException e) {
            throw new TransactionException(new SQLException("Rows could not be sent", "08006", e));
        }
    }

    private static StringBuilder append(StringBuilder out, Object value) {
        if (!(value instanceof String text)) {
            return out.append(value);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out;
    }
}
