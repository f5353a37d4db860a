package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.MediaRef;
import io.camelray.model.Place;
import io.camelray.rules.Stage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The data files of one manifest: found beside it, read, and given back when its plan is done. Not thread-safe. */
public final class DataFiles implements AutoCloseable {

    static final String FROM = "from";
    static final String RULE = "data";
    static final String CHANGED_REMEDY =
            "Leave the file as it is until the manifest is accepted, and drop the manifest again.";

    private static final String BESIDE = "Put the data file into the manifest's folder and name it from there.";
    /** How many problems are told with the very cell: finding one means reading the file up to there. */
    private static final int PLACED = 20;

    private static final int TOLD = 100;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_CELL = 20_000;
    private static final int LARGEST_ROW = 1 << 18;

    private final LocalMedia files;
    private final long limit;
    private final Violations violations;
    private final List<DataTable> open = new ArrayList<>();

    /** @param limit how many rows are of any use */
    DataFiles(LocalMedia files, long limit, Violations violations) {
        this.files = files;
        this.limit = limit;
        this.violations = violations;
    }

    /** The data files that a manifest names, as it writes them; none of what is no manifest. */
    public static Set<String> named(ManifestSource source) {
        try {
            return named(ManifestReader.read(source).root());
        } catch (UnreadableManifestException e) {
            return Set.of();
        }
    }

    private static Set<String> named(JsonNode root) {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, JsonNode> axis : root.path("matrix").properties()) {
            JsonNode from = axis.getValue().path(FROM);
            if (from.isTextual()) {
                names.add(from.textValue());
            }
        }
        return names;
    }

    /**
     * Reads a data file.
     *
     * @param name as the manifest writes it
     * @param written where it does
     * @return empty if it cannot be used, which is told
     */
    Optional<DataTable> read(String name, Place written) {
        Optional<DataFormat> format = DataFormat.of(name);
        if (format.isEmpty()) {
            violations.error(
                    Stage.REFERENCES,
                    RULE,
                    written,
                    "'" + Kinds.shorten(name) + "' has no ending that says what is in it.",
                    "Use a file that ends with " + DataFormat.ENDINGS + ".");
            return Optional.empty();
        }
        LocalMedia.Data found = files.findData(name);
        if (found.file().isEmpty()) {
            violations.error(Stage.REFERENCES, RULE, written, found.look().problem(), BESIDE);
            return Optional.empty();
        }
        MediaRef.LocalFile known = found.look().file().orElseThrow();
        DataTable table = new DataTable(known.path(), found.file().get(), known.sha256(), format.get());
        open.add(table);
        return read(table, format.get(), written) ? Optional.of(table) : Optional.empty();
    }

    private boolean read(DataTable table, DataFormat format, Place written) {
        RowTaker taker = new RowTaker(table, format, written.pointer());
        MessageDigest digest = Digests.sha256();
        try (InputStream in =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(table.file())), digest)) {
            format.read(in, taker);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (UnreadableManifestException e) {
            taker.tell(new DataFormat.Spot(e.place().line(), e.place().column()), e.getMessage(), e.remedy());
            return false;
        } catch (IOException e) {
            violations.error(
                    Stage.REFERENCES,
                    RULE,
                    written,
                    "File '" + Kinds.shorten(table.name()) + "' cannot be read.",
                    "Make it readable.");
            return false;
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
            violations.error(Stage.REFERENCES, RULE, written, changed(table.name()), CHANGED_REMEDY);
            return false;
        }
        return taker.isGood(written);
    }

    static String changed(String name) {
        return "File '" + Kinds.shorten(name) + "' changed while it was planned with.";
    }

    /** Takes the rows of one file into its table, and tells what is wrong with them. */
    private final class RowTaker implements DataFormat.Rows {
        private final DataTable table;
        private final DataFormat format;
        private final String pointer;
        private long count;
        private long problems;

        RowTaker(DataTable table, DataFormat format, String pointer) {
            this.table = table;
            this.format = format;
            this.pointer = pointer;
        }

        @Override
        public void row(DataFormat.Spot at, ObjectNode cells) {
            count++;
            if (count > limit || !isUsable(at, cells)) {
                return;
            }
            int twin = table.add(at, cells);
            if (twin >= 0) {
                problem(
                        at,
                        cell(cells, DataTable.ID),
                        "The id '" + Kinds.shorten(cells.path(DataTable.ID).asText())
                                + "' is there twice; the first is in" + " line " + table.line(twin) + ".",
                        "Give every row an id of its own.");
            }
        }

        private boolean isUsable(DataFormat.Spot at, ObjectNode cells) {
            String id = cells.path(DataTable.ID).asText();
            if (id.isBlank() || id.length() > LONGEST_ID) {
                problem(
                        at,
                        cell(cells, DataTable.ID),
                        !cells.has(DataTable.ID)
                                ? "There is no '" + DataTable.ID + "' here."
                                : id.isBlank() ? "The id is empty." : "The id is longer than 200 characters.",
                        "Give every row a short id of its own, in a column called id.");
                return false;
            }
            int cell = 0;
            int length = 0;
            for (Map.Entry<String, JsonNode> entry : cells.properties()) {
                String text = entry.getValue().asText();
                length += text.length() + entry.getKey().length();
                Optional<String> wrong = wrong(text, length);
                if (wrong.isPresent()) {
                    problem(
                            at,
                            cell,
                            "'" + Kinds.shorten(entry.getKey()) + "' " + wrong.get(),
                            "Save the file as UTF-8, with shorter text if need be.");
                    return false;
                }
                cell++;
            }
            return true;
        }

        private Optional<String> wrong(String text, int length) {
            if (text.length() > LONGEST_CELL) {
                return Optional.of("is longer than 20,000 characters.");
            }
            if (length > LARGEST_ROW) {
                return Optional.of("makes the row larger than a row may be.");
            }
            return text.indexOf('\uFFFD') >= 0 || NodeConverter.stray(text) >= 0
                    ? Optional.of("holds what is no text in UTF-8.")
                    : Optional.empty();
        }

        private static int cell(ObjectNode cells, String column) {
            int cell = 0;
            for (Map.Entry<String, JsonNode> entry : cells.properties()) {
                if (entry.getKey().equals(column)) {
                    return cell;
                }
                cell++;
            }
            return -1;
        }

        @Override
        public void problem(DataFormat.Spot row, int cell, String message, String remedy) {
            problems++;
            if (problems <= TOLD) {
                tell(cell < 0 || problems > PLACED ? row : format.cell(table.file(), row, cell), message, remedy);
            }
        }

        void tell(DataFormat.Spot at, String message, String remedy) {
            violations.error(
                    Stage.REFERENCES, RULE, new Place(pointer, at.line(), at.column(), table.name()), message, remedy);
        }

        boolean isGood(Place written) {
            if (problems > TOLD) {
                violations.error(
                        Stage.REFERENCES,
                        RULE,
                        new Place(pointer, 0, 0, table.name()),
                        String.format(Locale.ROOT, "%,d rows in all cannot be used.", problems),
                        "Fix the first ones and try again.");
            }
            if (count > limit) {
                violations.error(
                        Stage.ENVELOPE,
                        "max-renders",
                        written,
                        String.format(
                                Locale.ROOT,
                                "File '%s' has %,d rows; at most %,d renders are allowed.",
                                Kinds.shorten(table.name()),
                                count,
                                limit),
                        "Split the campaign, or have the operator raise ray.max-renders.");
            } else if (count == 0 && problems == 0) {
                violations.error(
                        Stage.REFERENCES,
                        RULE,
                        written,
                        "File '" + Kinds.shorten(table.name()) + "' has no rows.",
                        "Add rows, or leave the axis out.");
            }
            return problems == 0 && count > 0 && count <= limit;
        }
    }

    /** The first file that is not any more what it was when it was read. */
    Optional<String> changed() {
        for (DataTable table : open) {
            try {
                if (!LocalMedia.digest(table.file()).equals(table.sha256())) {
                    return Optional.of(table.name());
                }
            } catch (IOException e) {
                return Optional.of(table.name());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        open.forEach(DataTable::close);
        open.clear();
    }
}
