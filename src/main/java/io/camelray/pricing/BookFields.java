package io.camelray.pricing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The fields of one part of a price book; every complaint names the file and the line. */
final class BookFields {

    private final String file;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private BookFields(String file, Node node) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw fail(node, "fields are expected here");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String name = scalar(tuple.getKeyNode(), "a name");
            if (values.put(name, tuple.getValueNode()) != null) {
                throw fail(tuple.getKeyNode(), "'" + name + "' is there twice");
            }
        }
    }

    /** @throws IllegalArgumentException naming file and line, if it is not YAML or no mapping */
    static BookFields parse(String file, String yaml) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            Node root = new Compose(settings)
                    .composeString(yaml)
                    .orElseThrow(() -> new IllegalArgumentException("Price book " + file + " is empty"));
            return new BookFields(file, root);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> ", line " + (mark.getLine() + 1))
                    .orElse("");
            throw new IllegalArgumentException(
                    "Price book " + file + line + ": not readable as YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("Price book " + file + ": not readable as YAML: " + e.getMessage(), e);
        }
    }

    Set<String> names() {
        return values.keySet();
    }

    void allow(Set<String> known) {
        for (Map.Entry<String, Node> value : values.entrySet()) {
            if (!known.contains(value.getKey())) {
                throw fail(value.getValue(), "unknown field '" + value.getKey() + "'");
            }
        }
    }

    /** The field's text, turned into what it means. */
    <T> T read(String field, Function<String, T> reading) {
        Node value = need(field);
        return convert(field, value, reading);
    }

    <T> Optional<T> readIfThere(String field, Function<String, T> reading) {
        return Optional.ofNullable(values.get(field)).map(value -> convert(field, value, reading));
    }

    /** A list of texts; a single one may stand for itself. */
    <T> List<T> readAll(String field, Function<String, T> reading) {
        Node value = values.get(field);
        if (value == null) {
            return List.of();
        }
        List<Node> items = value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        return items.stream().map(item -> convert(field, item, reading)).toList();
    }

    List<BookFields> rows(String field) {
        if (!(need(field) instanceof SequenceNode sequence)) {
            throw fail(need(field), "'" + field + "' must be a list");
        }
        return sequence.getValue().stream()
                .map(item -> new BookFields(file, item))
                .toList();
    }

    Optional<BookFields> part(String field) {
        return Optional.ofNullable(values.get(field)).map(value -> new BookFields(file, value));
    }

    IllegalArgumentException fail(String message) {
        return fail(node, message);
    }

    private Node need(String field) {
        Node value = values.get(field);
        if (value == null) {
            throw fail(node, "'" + field + "' is missing");
        }
        return value;
    }

    private <T> T convert(String field, Node value, Function<String, T> reading) {
        String text = scalar(value, "'" + field + "'");
        try {
            return reading.apply(text);
        } catch (RuntimeException e) {
            throw fail(value, "'" + field + "' cannot be '" + text + "': " + e.getMessage());
        }
    }

    private String scalar(Node value, String what) {
        if (!(value instanceof ScalarNode scalar)) {
            throw fail(value, what + " must be a single value");
        }
        return scalar.getValue();
    }

    private IllegalArgumentException fail(Node at, String message) {
        int line = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new IllegalArgumentException("Price book " + file + ", line " + line + ": " + message);
    }
}
