package io.camelray.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import java.io.IOException;
import java.io.InputStream;

/** Objects, one after the other (JSON lines), or in one array. */
final class JsonRows implements DataFormat {

    private static final String REMEDY = "Write a JSON array of objects, or one object to a line.";

    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    @Override
    public void read(InputStream in, Rows rows) throws IOException, UnreadableManifestException {
        try (JsonParser parser = json.createParser(in)) {
            JsonToken token = parser.nextToken();
            boolean array = token == JsonToken.START_ARRAY;
            if (array) {
                token = parser.nextToken();
            }
            while (token != null && token != JsonToken.END_ARRAY) {
                row(parser, rows);
                token = parser.nextToken();
            }
            if (array && parser.nextToken() != null) {
                throw new UnreadableManifestException(
                        place(parser.currentTokenLocation()), "Something follows the array.", REMEDY);
            }
        } catch (JsonProcessingException e) {
            throw new UnreadableManifestException(
                    place(e.getLocation()),
                    "The file is not JSON: " + e.getOriginalMessage().strip().replaceFirst("\\.+$", "") + ".",
                    REMEDY);
        }
    }

    private static void row(JsonParser parser, Rows rows) throws IOException {
        Spot at = spot(parser.currentTokenLocation());
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            rows.problem(at, -1, "This is no object.", REMEDY);
            return;
        }
        ObjectNode cells = JsonNodeFactory.instance.objectNode();
        boolean good = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String column = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                rows.problem(
                        spot(parser.currentTokenLocation()),
                        -1,
                        "'" + Kinds.shorten(column) + "' is not one plain value.",
                        "Write text, a number, true or false.");
                parser.skipChildren();
                good = false;
            } else if (value != JsonToken.VALUE_NULL) {
                cells.put(column, parser.getText());
            }
        }
        if (good) {
            rows.row(at, cells);
        }
    }

    private static Spot spot(JsonLocation location) {
        return new Spot(location.getLineNr(), location.getColumnNr());
    }

    private static Place place(JsonLocation location) {
        return location == null ? Place.NOWHERE : new Place("", location.getLineNr(), location.getColumnNr());
    }
}
