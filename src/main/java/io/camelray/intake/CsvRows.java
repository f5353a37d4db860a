package io.camelray.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Cells divided by commas, semicolons or tabs, whichever the first line has most of, in UTF-8 with or without a byte order
 * mark. The first row names the columns; a cell in quotes may hold anything, line ends too.
 */
final class CsvRows implements DataFormat {

    private static final String DELIMITERS = ",;\t";
    private static final int FIRST_LINE = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Override
    public void read(InputStream in, Rows rows) throws IOException, UnreadableManifestException {
        Reader text = open(in);
        CSVFormat format =
                CSVFormat.DEFAULT.builder().setDelimiter(delimiter(text)).get();
        // The parser is not closed: the stream is not ours.
        CSVParser parser = CSVParser.builder().setReader(text).setFormat(format).get();
        Iterator<CSVRecord> records = parser.iterator();
        long last = 0;
        try {
            if (!records.hasNext()) {
                throw new UnreadableManifestException(
                        new Place("", 1, 1), "The file is empty.", "Name the columns in the first row, id among them.");
            }
            CSVRecord header = records.next();
            List<String> columns = columns(header, (int) (parser.getCurrentLineNumber() - lineEnds(header)));
            last = parser.getCurrentLineNumber();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                last = parser.getCurrentLineNumber();
                row(record, new Spot((int) (last - lineEnds(record)), 1), columns, rows);
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unreadable((int) last + 1, e);
        }
    }

    private static UnreadableManifestException unreadable(int line, RuntimeException e) {
        boolean unclosed = String.valueOf(e.getMessage()).contains("EOF");
        return new UnreadableManifestException(
                new Place("", line, 1),
                unclosed
                        ? "A quote is opened in the row that begins here, and never closed."
                        : "In the row that begins here, something follows the closing quote of a cell.",
                "Put the whole cell in quotes, and double each quote within it.");
    }

    private static Reader open(InputStream in) throws IOException, UnreadableManifestException {
        // What is no UTF-8 becomes U+FFFD, which is refused in the cell where it stands.
        BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), FIRST_LINE);
        text.mark(2);
        int first = text.read();
        int second = text.read();
        if (first == '\uFFFD' && second == '\uFFFD') {
            throw new UnreadableManifestException(
                    new Place("", 1, 1), "The file is UTF-16, not UTF-8.", "Save the file as UTF-8.");
        }
        text.reset();
        if (first == BYTE_ORDER_MARK) {
            text.read();
        }
        return text;
    }

    private static char delimiter(Reader text) throws IOException {
        text.mark(FIRST_LINE);
        int[] found = new int[DELIMITERS.length()];
        boolean quoted = false;
        for (int read = 1; read < FIRST_LINE; read++) {
            int c = text.read();
            if (c < 0 || !quoted && (c == '\n' || c == '\r')) {
                break;
            }
            quoted ^= c == '"';
            int which = quoted ? -1 : DELIMITERS.indexOf(c);
            if (which >= 0) {
                found[which]++;
            }
        }
        text.reset();
        int most = 0;
        for (int i = 1; i < found.length; i++) {
            most = found[i] > found[most] ? i : most;
        }
        return DELIMITERS.charAt(most);
    }

    private static int lineEnds(CSVRecord record) {
        int ends = 0;
        for (String cell : record) {
            for (int i = 0; i < cell.length(); i++) {
                char c = cell.charAt(i);
                ends += c == '\n' && (i == 0 || cell.charAt(i - 1) != '\r') || c == '\r' ? 1 : 0;
            }
        }
        return ends;
    }

    private static List<String> columns(CSVRecord header, int line) throws UnreadableManifestException {
        List<String> columns = header.stream().map(String::strip).toList();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            Integer twin = seen.put(name, i);
            String problem = name.isEmpty()
                    ? "Column " + (i + 1) + " has no name."
                    : twin != null
                            ? "Columns " + (twin + 1) + " and " + (i + 1) + " are both called '" + Kinds.shorten(name)
                                    + "'."
                            : "";
            if (!problem.isEmpty()) {
                throw new UnreadableManifestException(
                        new Place("", line, 1), problem, "Give every column a name of its own in the first row.");
            }
        }
        return columns;
    }

    private static void row(CSVRecord record, Spot at, List<String> columns, Rows rows) {
        if (record.size() != columns.size()) {
            rows.problem(
                    at,
                    Math.min(record.size() - 1, columns.size()),
                    "This row has " + record.size() + (record.size() == 1 ? " cell" : " cells") + ", the first one "
                            + columns.size() + ".",
                    "Put cells that hold the delimiter in quotes, and leave none out.");
            return;
        }
        ObjectNode cells = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), record.get(i));
        }
        rows.row(at, cells);
    }

    /** Where a cell begins, found by reading the file up to there. */
    @Override
    public Spot cell(Path file, Spot row, int cell) {
        try (InputStream in = Files.newInputStream(file);
                Reader text = open(in)) {
            return walk(text, delimiter(text), row, cell);
        } catch (IOException | UnreadableManifestException e) {
            return row;
        }
    }

    private static Spot walk(Reader text, char delimiter, Spot row, int cell) throws IOException {
        int line = 1;
        int column = 1;
        int seen = 0;
        boolean quoted = false;
        int before = -1;
        for (int c = text.read(); c >= 0; before = c, c = text.read()) {
            if (line >= row.line() && seen == cell) {
                break;
            }
            boolean end = c == '\r' || c == '\n' && before != '\r';
            line += end ? 1 : 0;
            column = c == '\r' || c == '\n' ? 1 : column + (Character.isLowSurrogate((char) c) ? 0 : 1);
            if (line >= row.line()) {
                quoted ^= c == '"';
                seen += !quoted && c == delimiter && line >= row.line() ? 1 : 0;
            }
        }
        return new Spot(line, column);
    }
}
