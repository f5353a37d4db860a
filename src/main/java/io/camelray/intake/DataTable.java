package io.camelray.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * The rows of a data file as they were when it was read, however it changes later. What stays in memory is a hash of each
 * id and where its row is set aside. Not thread-safe.
 */
final class DataTable implements AutoCloseable {

    static final String ID = "id";

    private static final int REMEMBERED = 64;

    private final String name;
    private final Path file;
    private final String sha256;
    private final DataFormat format;
    private final RowCodec codec = new RowCodec();
    private final RowStore rows = new RowStore();
    private final SeenTable ids = new SeenTable();
    private final Row[] remembered = new Row[REMEMBERED];

    /** One row. */
    private record Row(int index, DataFormat.Spot at, ObjectNode cells) {}

    /**
     * @param name as the manifest calls it
     * @param sha256 of the bytes that the rows are read from
     */
    DataTable(String name, Path file, String sha256, DataFormat format) {
        this.name = name;
        this.file = file;
        this.sha256 = sha256;
        this.format = format;
    }

    String name() {
        return name;
    }

    Path file() {
        return file;
    }

    String sha256() {
        return sha256;
    }

    int size() {
        return rows.size();
    }

    /** Adds a row. @return the index of an earlier row with the same id, or -1 if it was added */
    int add(DataFormat.Spot at, ObjectNode cells) {
        String id = cells.path(ID).asText();
        OptionalLong twin = ids.put(
                SeenTable.hash(id), rows.size(), other -> id((int) other).equals(id));
        if (twin.isPresent()) {
            return (int) twin.getAsLong();
        }
        rows.add(codec.write(at, cells));
        return -1;
    }

    /** The row with this id, or -1. */
    int indexOf(String id) {
        return (int) ids.find(SeenTable.hash(id), other -> id((int) other).equals(id))
                .orElse(-1);
    }

    String id(int index) {
        return cells(index).path(ID).asText();
    }

    ObjectNode cells(int index) {
        return row(index).cells();
    }

    int line(int index) {
        return row(index).at().line();
    }

    /** Where a cell stands; the beginning of its row, if there is no such column. */
    Place place(int index, String column, String pointer) {
        Row row = row(index);
        int cell = 0;
        for (Iterator<String> names = row.cells().fieldNames(); names.hasNext(); cell++) {
            if (names.next().equals(column)) {
                return place(format.cell(file, row.at(), cell), pointer);
            }
        }
        return place(row.at(), pointer);
    }

    private Place place(DataFormat.Spot at, String pointer) {
        return new Place(pointer, at.line(), at.column(), name);
    }

    private Row row(int index) {
        Row known = remembered[index % REMEMBERED];
        if (known != null && known.index() == index) {
            return known;
        }
        byte[] bytes = rows.get(index);
        Row row = new Row(index, codec.place(bytes), codec.cells(bytes));
        remembered[index % REMEMBERED] = row;
        return row;
    }

    @Override
    public void close() {
        rows.close();
    }
}
