package io.camelray.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * What benchmarks find: {@code target/bench/results.json} and a table to read beside it. A figure that is measured again
 * takes the place of the earlier one.
 */
public final class Figures {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private Figures(Path folder) {
        this.folder = folder;
    }

    /** Those of this build. */
    public static Figures standard() {
        return new Figures(Path.of("target", "bench"));
    }

    /** One thing that was measured: ours, the peer's from the same run, and what was asked for. */
    public static final class Figure {
        private final ObjectNode json = JSON.createObjectNode();

        private Figure(String area, String what, String unit) {
            json.put("area", area).put("what", what).put("unit", unit);
        }

        /** @param unit of our figure and the peer's; may be empty */
        public static Figure of(String area, String what, String unit) {
            return new Figure(area, what, unit);
        }

        public Figure ours(double value) {
            json.put("ours", value);
            return this;
        }

        public Figure peer(String name, double value) {
            json.put("peer", name).put("peers", value);
            json.put("ratio", value == 0 ? 0 : json.path("ours").asDouble() / value);
            return this;
        }

        public Figure atLeast(double target) {
            json.put("target", "≥ " + number(target))
                    .put("met", json.path("ours").asDouble() >= target);
            return this;
        }

        public Figure atMost(double target) {
            json.put("target", "≤ " + number(target))
                    .put("met", json.path("ours").asDouble() <= target);
            return this;
        }

        /** Anything that one needs to know to read the figure. */
        public Figure note(String text) {
            json.put("note", text);
            return this;
        }
    }

    /** Adds a figure, and says it. */
    public synchronized void add(Figure figure) {
        figure.json.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("results.json");
            ArrayNode all = Files.exists(file) ? (ArrayNode) JSON.readTree(file.toFile()) : JSON.createArrayNode();
            for (int i = all.size() - 1; i >= 0; i--) {
                if (name(all.get(i)).equals(name(figure.json))) {
                    all.remove(i);
                }
            }
            all.add(figure.json);
            // Whoever reads it meanwhile finds the earlier one whole.
            Path fresh = Files.createTempFile(folder, "results", ".part");
            JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), all);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(folder.resolve("results.md"), table(all));
        } catch (IOException e) {
            throw new UncheckedIOException("A figure cannot be kept", e);
        }
        System.out.println(row(figure.json));
    }

    private static String name(JsonNode figure) {
        return figure.path("area").asText()
                + figure.path("what").asText()
                + figure.path("note").asText()
                + figure.path("peer").asText();
    }

    private static String table(ArrayNode all) {
        StringBuilder table = new StringBuilder("| area | what | ours | peer's | ratio | asked for | met | load |\n");
        table.append("|---|---|---|---|---|---|---|---|\n");
        all.forEach(figure -> table.append(row(figure)).append('\n'));
        return table.toString();
    }

    private static String row(JsonNode figure) {
        String unit = figure.path("unit").asText();
        String note = figure.path("note").asText();
        return String.join(
                " | ",
                "| " + figure.path("area").asText(),
                figure.path("what").asText() + (note.isEmpty() ? "" : " (" + note + ")"),
                number(figure.path("ours").asDouble()) + ' ' + unit,
                figure.has("peer")
                        ? number(figure.path("peers").asDouble()) + ' ' + unit + ", "
                                + figure.path("peer").asText()
                        : "–",
                figure.has("ratio") ? number(figure.path("ratio").asDouble()) : "–",
                figure.path("target").asText("–"),
                figure.has("met") ? figure.path("met").asBoolean() ? "yes" : "no" : "–",
                String.format(Locale.ROOT, "%.1f |", figure.path("load").asDouble()));
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }
}
