package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests in {@code src/test/resources/bad-manifests}, each with what becomes of it. */
public final class BadManifests {

    private static final Path ROOT = Path.of("src/test/resources/bad-manifests");
    private static final String INDEX = "index.yaml";

    private BadManifests() {}

    /**
     * @param file below the folder
     * @param errors {@code rule pointer line:column} of each, in order; none: it is accepted
     * @param says part of what the first error says; empty: anything
     */
    public record Entry(String file, List<String> errors, String says) {}

    public static List<Entry> index() throws IOException {
        List<Entry> entries = new ArrayList<>();
        JsonNode index = new ObjectMapper()
                .valueToTree(
                        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ROOT.resolve(INDEX))));
        index.properties().forEach(entry -> {
            List<String> errors = new ArrayList<>();
            entry.getValue().path("errors").forEach(error -> errors.add(error.asText()));
            entries.add(new Entry(
                    entry.getKey(), errors, entry.getValue().path("says").asText()));
        });
        return entries;
    }

    /** The manifests that lie there, whether or not the index knows them. */
    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.contains("/") && name.matches(".*\\.(yaml|json)"))
                    .toList();
        }
    }

    static List<Path> families(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    /** Where one of them lies. */
    public static Path path(String file) {
        return ROOT.resolve(file);
    }

    /** Makes the images {@code a.png} and {@code b.png}, which many of them name. */
    public static void picturesIn(Path folder) throws IOException {
        BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(picture, "png", folder.resolve("a.png").toFile());
        ImageIO.write(picture, "png", folder.resolve("b.png").toFile());
    }

    /** Copies all of it, with whatever lies beside the manifests. */
    static void copyTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(ROOT.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
