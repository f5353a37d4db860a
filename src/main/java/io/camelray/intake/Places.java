package io.camelray.intake;

import io.camelray.model.Place;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where each value of a manifest stands, and the name before it: looked up when it is asked for. */
final class Places {

    private final Node root;

    Places(Node root) {
        this.root = root;
    }

    /** The place of the value, else of the nearest value around it. */
    Place of(String pointer) {
        Node node = root;
        for (String step : steps(pointer)) {
            Optional<Node> next = step(node, step);
            if (next.isEmpty()) {
                break;
            }
            node = next.get();
        }
        return at(node, pointer);
    }

    /** The place of the field's name. */
    Place ofName(String pointer) {
        Node parent = root;
        List<String> steps = steps(pointer);
        for (String step : steps.subList(0, Math.max(0, steps.size() - 1))) {
            parent = step(parent, step).orElse(parent);
        }
        return steps.isEmpty()
                ? at(root, pointer)
                : member(parent, steps.get(steps.size() - 1))
                        .map(tuple -> at(tuple.getKeyNode(), pointer))
                        .orElseGet(() -> of(pointer));
    }

    private static Optional<Node> step(Node node, String step) {
        return node instanceof SequenceNode sequence
                ? item(sequence, step)
                : member(node, step).map(NodeTuple::getValueNode);
    }

    static Place at(Node node, String pointer) {
        Mark mark = node.getStartMark().orElseThrow();
        return new Place(pointer, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Optional<NodeTuple> member(Node node, String name) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Node> item(SequenceNode sequence, String step) {
        return step.matches("[0-9]{1,9}")
                        && Integer.parseInt(step) < sequence.getValue().size()
                ? Optional.of(sequence.getValue().get(Integer.parseInt(step)))
                : Optional.empty();
    }

    private static List<String> steps(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : List.of(pointer.substring(1).split("/", -1)).stream()
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    /** The pointer of a member. */
    static String child(String pointer, String name) {
        return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String pointer, int index) {
        return pointer + '/' + index;
    }
}
