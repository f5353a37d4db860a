package io.camelray.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A constant that is written in manifests, options and reports under a label of its own, such as {@code 16:9}. */
public interface Labelled {

    /** How a user writes it. */
    String label();

    /** The constant of {@code type} that carries exactly this label. */
    static <E extends Enum<E> & Labelled> Optional<E> find(Class<E> type, String label) {
        return Optional.ofNullable(LabelIndex.of(type).get(label)).map(type::cast);
    }

    /**
     * The constant of {@code type} that carries this label.
     *
     * @throws IllegalArgumentException naming the accepted labels, if there is none
     */
    static <E extends Enum<E> & Labelled> E of(Class<E> type, String label) {
        return find(type, label)
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is not one of " + labels(type)));
    }

    /** All labels of {@code type}, comma-separated, in declaration order. */
    static <E extends Enum<E> & Labelled> String labels(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Labelled::label).collect(Collectors.joining(", "));
    }
}
