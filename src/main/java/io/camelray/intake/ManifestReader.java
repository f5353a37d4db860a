package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Place;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2, and so JSON, into a tree that knows where everything stands. Bounded in size, depth and aliases. */
final class ManifestReader {

    private static final int MAX_ALIASES = 50;
    /**
     * A manifest is read at once: where a buffer ends within an emoji, the parser fails, and where it ends within a long
     * text, it copies all of it once more.
     */
    private static final int SMALLEST_BUFFER = 1024;

    private static final String REMEDY = "Write the manifest as YAML or JSON, one campaign per file.";

    private ManifestReader() {}

    static ManifestDocument read(ManifestSource source) throws UnreadableManifestException {
        String text = ManifestText.decode(source.bytes());
        Node node = node(text);
        JsonNode root = new NodeConverter().convert(node);
        if (!root.isObject()) {
            throw new UnreadableManifestException(
                    Places.at(node, ""), "The manifest is not a set of fields such as 'campaign: …'.", REMEDY);
        }
        JsonNode filled = Firing.of(root).map(firing -> firing.fill(root)).orElse(root);
        return new ManifestDocument(text, filled, new Places(node), false);
    }

    static Node node(String text) throws UnreadableManifestException {
        return compose(text)
                .orElseThrow(
                        () -> new UnreadableManifestException(new Place("", 1, 1), "The manifest is empty.", REMEDY));
    }

    private static Optional<Node> compose(String text) throws UnreadableManifestException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("manifest")
                .setSchema(new CoreSchema())
                .setCodePointLimit(ManifestSource.MAX_BYTES)
                .setBufferSize(Math.max(SMALLEST_BUFFER, text.length()))
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        BoundedParser parser = new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)));
        try {
            return new Composer(settings, parser).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            Place place = mark == null ? parser.reached() : new Place("", mark.getLine() + 1, mark.getColumn() + 1);
            throw new UnreadableManifestException(place, notYaml(e.getProblem()), REMEDY);
        } catch (ReaderException e) {
            int index = Math.min(text.offsetByCodePoints(0, e.getPosition()), text.length());
            throw new UnreadableManifestException(
                    ManifestText.placeAfter(text.substring(0, index)),
                    String.format("The manifest holds the control character U+%04X.", e.getCodePoint()),
                    "Remove that character.");
        } catch (YamlEngineException e) {
            throw new UnreadableManifestException(parser.reached(), notYaml(e.getMessage()), REMEDY);
        }
    }

    private static String notYaml(String problem) {
        return "The manifest is neither YAML nor JSON: " + problem.strip().replaceFirst("\\.+$", "") + ".";
    }
}
