package io.camelray.intake;

import io.camelray.model.Place;
import java.util.HashMap;
import java.util.Map;

/** Where each value of a manifest stands, and the name before it. */
final class Places {

    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Place> names = new HashMap<>();

    void value(String pointer, int line, int column) {
        values.put(pointer, new Place(pointer, line, column));
    }

    void name(String pointer, int line, int column) {
        names.put(pointer, new Place(pointer, line, column));
    }

    /** The place of the value, else of the nearest value around it. */
    Place of(String pointer) {
        String at = pointer;
        while (true) {
            Place place = values.get(at);
            if (place != null) {
                return new Place(pointer, place.line(), place.column());
            }
            if (at.isEmpty()) {
                return new Place(pointer, 0, 0);
            }
            at = at.substring(0, at.lastIndexOf('/'));
        }
    }

    /** The place of the field's name. */
    Place ofName(String pointer) {
        Place place = names.get(pointer);
        return place == null ? of(pointer) : place;
    }

    /** The pointer of a member. */
    static String child(String pointer, String name) {
        return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String pointer, int index) {
        return pointer + '/' + index;
    }
}
