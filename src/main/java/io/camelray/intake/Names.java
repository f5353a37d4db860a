package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Labelled;
import io.camelray.model.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a template may name in one variant. */
final class Names {

    static final String CAMPAIGN = "campaign";
    static final String CELL = "cell";
    static final String STEP = "step";
    static final String OUTPUT = "output";
    static final String EXT = "ext";

    /** Names that no axis may take; {@link Firing} fills in what begins with the last one. */
    static final Set<String> RESERVED = Set.of(CAMPAIGN, CELL, STEP, OUTPUT, EXT, Firing.SCHEDULE);

    private final Matrix matrix;
    private final Cell cell;
    private final Map<String, String> plain;
    private final Names under;

    Names(Matrix matrix, Cell cell, Map<String, String> plain) {
        this(matrix, cell, plain, null);
    }

    private Names(Matrix matrix, Cell cell, Map<String, String> plain, Names under) {
        this.matrix = matrix;
        this.cell = cell;
        this.plain = plain;
        this.under = under;
    }

    /** These names over the ones that are known here. */
    Names with(Map<String, String> more) {
        return new Names(matrix, cell, more, this);
    }

    private String plain(String name) {
        for (Names names = this; names != null; names = names.under) {
            String text = names.plain.get(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** How the variant is called. */
    String label() {
        String label = plain(CELL);
        return label == null ? "" : label;
    }

    /** {@code axis}, {@code axis.column}, or a plain name. */
    Optional<String> find(String path) {
        String text = plain(path);
        if (text != null) {
            return Optional.of(text);
        }
        int dot = path.indexOf('.');
        String axis = dot < 0 ? path : path.substring(0, dot);
        return matrix.value(axis, cell).flatMap(value -> {
            if (dot < 0) {
                return Optional.of(value.text());
            }
            JsonNode column = value.node().path(path.substring(dot + 1));
            return column.isValueNode() && !column.isNull()
                    ? Optional.of(column.asText()).filter(cellText -> !cellText.isEmpty())
                    : Optional.empty();
        });
    }

    /** Whether a name may well have a value in other variants: a column of an axis, or a render field. */
    boolean mayBeMissing(String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? Labelled.find(RenderField.class, path).isPresent()
                : matrix.value(path.substring(0, dot), cell).isPresent();
    }

    /** Where the empty cell stands that a name leads to, if it is one of a data file. */
    Optional<Place> emptyCell(String path, Place asked) {
        int dot = path.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : matrix.value(path.substring(0, dot), cell)
                        .filter(value -> value.node().has(path.substring(dot + 1)))
                        .flatMap(value ->
                                matrix.place(path.substring(0, dot), cell, path.substring(dot + 1), asked.pointer()));
    }

    /** Why a name resolves to nothing, one sentence. */
    String explain(String path) {
        int dot = path.indexOf('.');
        String axis = dot < 0 ? path : path.substring(0, dot);
        if (matrix.axis(axis).isPresent() && matrix.value(axis, cell).isEmpty()) {
            return "step '" + plain(STEP) + "' does not fan out over axis '" + axis + "'";
        }
        return matrix.value(axis, cell)
                .map(value -> value.node().isObject()
                        ? "'" + value.text() + "' of axis '" + axis + "' has "
                                + (value.node().has(path.substring(dot + 1)) ? "nothing in" : "no") + " field '"
                                + Kinds.shorten(path.substring(dot + 1)) + "'"
                        : "axis '" + axis + "' holds plain values without fields")
                .orElse("nothing here has that name");
    }

    /** Everything that could be named here. */
    Collection<String> known() {
        List<String> known = new ArrayList<>();
        for (String axis : matrix.axisNames()) {
            matrix.value(axis, cell).ifPresent(value -> {
                known.add(axis);
                value.node().propertyStream().forEach(field -> known.add(axis + "." + field.getKey()));
            });
        }
        Set<String> plainNames = new TreeSet<>();
        for (Names names = this; names != null; names = names.under) {
            plainNames.addAll(names.plain.keySet());
        }
        plainNames.stream().filter(name -> !known.contains(name)).forEach(known::add);
        return known;
    }
}
