package io.camelray.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Many new rows of one table. Values are texts, {@code Long}, {@code Integer}, {@code Boolean} or {@code UUID}, none of them
 * null. Not thread-safe.
 */
final class BulkRows {
    private final String table;
    private final List<String> columns;
    private final List<Object[]> rows = new ArrayList<>();

    BulkRows(String table, String... columns) {
        this.table = table;
        this.columns = List.of(columns);
    }

    /** @param values one for each column */
    void add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    table + " has " + columns.size() + " columns to write, not " + values.length);
        }
        rows.add(values);
    }

    String table() {
        return table;
    }

    List<String> columns() {
        return columns;
    }

    List<Object[]> rows() {
        return rows;
    }

    String columnList() {
        return String.join(", ", columns);
    }
}
