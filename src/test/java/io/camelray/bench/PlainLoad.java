package io.camelray.bench;

import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The peer of planning: what a flat-file reader with a JDBC batch writer does. Each row becomes a row of one table with one
 * key; nothing is validated, priced or compared.
 */
final class PlainLoad {

    private static final int BATCH = 5000;

    private PlainLoad() {}

    /** @param arguments a CSV file; then, to write it as well, a database's URL and user */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        long rows = arguments.length == 1 ? read(Path.of(arguments[0])) : load(arguments);
        System.out.printf("%d %.3f%n", rows, (System.nanoTime() - start) / 1e9);
    }

    private static long read(Path file) throws Exception {
        long rows = 0;
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (CSVRecord row : CSVFormat.DEFAULT.parse(text)) {
                rows += row.get(0).isEmpty() ? 0 : 1;
            }
        }
        return rows - 1;
    }

    private static long load(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[1], arguments[2], "");
                Reader text = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            connection
                    .createStatement()
                    .execute(
                            "CREATE TABLE plain (id VARCHAR(200) PRIMARY KEY, name VARCHAR(2000), mood VARCHAR(2000))");
            connection.setAutoCommit(false);
            long rows = 0;
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO plain VALUES (?, ?, ?)")) {
                for (CSVRecord row : CSVFormat.DEFAULT.parse(text)) {
                    for (int i = 0; i < 3; i++) {
                        insert.setString(i + 1, row.get(i));
                    }
                    insert.addBatch();
                    if (++rows % BATCH == 0) {
                        insert.executeBatch();
                        connection.commit();
                    }
                }
                insert.executeBatch();
                connection.commit();
            }
            return rows - 1;
        }
    }
}
