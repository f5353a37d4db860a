package io.camelray.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A way to write the rows of an axis down. Rows are read one at a time; none is kept. */
interface DataFormat {

    /** The names that a data file can end with, for people. */
    String ENDINGS = ".csv, .tsv, .json, .jsonl, .ndjson, .yaml or .yml";

    /**
     * Hands over every row, and whatever is wrong with one.
     *
     * @param in the file's bytes; not closed
     * @throws UnreadableManifestException where reading ended, if it cannot go on
     */
    void read(InputStream in, Rows rows) throws IOException, UnreadableManifestException;

    /** Where a cell stands, as closely as the format can tell. @param row where its row begins */
    default Spot cell(Path file, Spot row, int cell) {
        return row;
    }

    /** Takes what is read. */
    interface Rows {

        /** @param cells by column, text each */
        void row(Spot at, ObjectNode cells);

        /**
         * Something is wrong with a row, which is passed over.
         *
         * @param cell counted from 0; -1 for the whole row
         */
        void problem(Spot row, int cell, String message, String remedy);
    }

    /** A line and a column, counted from 1. */
    record Spot(int line, int column) {}

    /** By the name's ending. */
    static Optional<DataFormat> of(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "csv", "tsv" -> Optional.of(new CsvRows());
            case "json", "jsonl", "ndjson" -> Optional.of(new JsonRows());
            case "yaml", "yml" -> Optional.of(new YamlRows());
            default -> Optional.empty();
        };
    }
}
