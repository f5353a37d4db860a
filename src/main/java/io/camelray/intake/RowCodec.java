package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A data file's rows as bytes: where a row stands, then its cells, each with the number of its column. Columns are numbered
 * as they turn up. Not thread-safe.
 */
final class RowCodec {

    private static final int PLACE = 2 * Integer.BYTES;
    private static final int CELL = 2 * Integer.BYTES;

    private final List<String> columns = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param cells all of them texts */
    byte[] write(DataFormat.Spot at, ObjectNode cells) {
        byte[][] texts = new byte[cells.size()][];
        int length = PLACE;
        int count = 0;
        for (Map.Entry<String, JsonNode> cell : cells.properties()) {
            texts[count] = cell.getValue().asText().getBytes(StandardCharsets.UTF_8);
            length += CELL + texts[count++].length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).putInt(at.line()).putInt(at.column());
        count = 0;
        for (Map.Entry<String, JsonNode> cell : cells.properties()) {
            out.putInt(number(cell.getKey())).putInt(texts[count].length).put(texts[count++]);
        }
        return out.array();
    }

    private int number(String column) {
        Integer number = numbers.get(column);
        if (number == null) {
            number = columns.size();
            columns.add(column);
            numbers.put(column, number);
        }
        return number;
    }

    DataFormat.Spot place(byte[] row) {
        ByteBuffer in = ByteBuffer.wrap(row);
        return new DataFormat.Spot(in.getInt(), in.getInt());
    }

    ObjectNode cells(byte[] row) {
        ByteBuffer in = ByteBuffer.wrap(row).position(PLACE);
        ObjectNode cells = JsonNodeFactory.instance.objectNode();
        while (in.hasRemaining()) {
            String column = columns.get(in.getInt());
            int length = in.getInt();
            cells.put(column, new String(row, in.position(), length, StandardCharsets.UTF_8));
            in.position(in.position() + length);
        }
        return cells;
    }
}
