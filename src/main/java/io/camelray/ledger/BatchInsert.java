package io.camelray.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/** Writes many rows in one JDBC batch. What JDBI would look up by name for each value of each row is told by position. */
final class BatchInsert {

    private BatchInsert() {}

    static void write(Handle handle, BulkRows rows) {
        String values = String.join(", ", Collections.nCopies(rows.columns().size(), "?"));
        String sql = "INSERT INTO " + rows.table() + " (" + rows.columnList() + ") VALUES (" + values + ")";
        try (PreparedStatement insert = handle.getConnection().prepareStatement(sql)) {
            for (Object[] row : rows.rows()) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new TransactionException(e);
        }
    }
}
