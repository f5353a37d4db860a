package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A list of sets of fields. Like a manifest it is read whole, and no larger than one: what is larger is CSV or JSON. */
final class YamlRows implements DataFormat {

    private static final String REMEDY = "Write a list of sets of fields: - { id: …, … }.";

    @Override
    public void read(InputStream in, Rows rows) throws IOException, UnreadableManifestException {
        try {
            list(ManifestReader.node(ManifestText.decode(in.readNBytes(ManifestSource.MAX_BYTES + 1))), rows);
        } catch (UnreadableManifestException e) {
            // The reader of manifests speaks of a manifest.
            throw new UnreadableManifestException(
                    e.place(),
                    e.getMessage().replaceFirst("^The manifest", "The file"),
                    e.getMessage().matches(".*(larger|more) than.*") ? "Write it as CSV or as JSON lines." : REMEDY);
        }
    }

    private static void list(Node root, Rows rows) throws UnreadableManifestException {
        if (!(root instanceof SequenceNode list)) {
            throw new UnreadableManifestException(Places.at(root, ""), "The file is no list.", REMEDY);
        }
        NodeConverter converter = new NodeConverter();
        for (Node item : list.getValue()) {
            row(item, converter.convert(item), rows);
        }
    }

    private static void row(Node item, JsonNode node, Rows rows) {
        Place place = Places.at(item, "");
        Spot at = new Spot(place.line(), place.column());
        if (!node.isObject()) {
            rows.problem(at, -1, "This is no set of fields.", REMEDY);
            return;
        }
        ObjectNode cells = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isContainerNode()) {
                rows.problem(
                        at,
                        -1,
                        "'" + Kinds.shorten(field.getKey()) + "' is not one plain value.",
                        "Write text, a number, true or false.");
                return;
            }
            if (!field.getValue().isNull()) {
                cells.put(field.getKey(), field.getValue().asText());
            }
        }
        rows.row(at, cells);
    }
}
