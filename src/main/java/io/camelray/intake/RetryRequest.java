package io.camelray.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.RenderId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What may be dropped into the retry channel. */
public sealed interface RetryRequest {

    /** A list of renders: one to a line, or a JSON array. */
    record Ids(List<RenderId> renders) implements RetryRequest {

        public Ids {
            renders = List.copyOf(renders);
        }
    }

    /** A manifest: by itself, or in the message of the dead-letter channel. */
    record Order(ManifestSource manifest) implements RetryRequest {}

    /** Reads by what is there; whatever is no list is taken for a manifest, which says what is wrong with it. */
    static RetryRequest read(ManifestSource source) {
        String text = ManifestText.show(source.bytes());
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (!lines.isEmpty() && lines.stream().allMatch(Parts.ID.asMatchPredicate())) {
            return new Ids(lines.stream().map(RenderId::parse).distinct().toList());
        }
        return Parts.json(text, source);
    }

    /** How requests are taken apart. */
    final class Parts {
        private static final Pattern ID = Pattern.compile("R?[0-9]{1,18}");
        private static final ObjectMapper JSON = new ObjectMapper();

        private Parts() {}

        private static RetryRequest json(String text, ManifestSource source) {
            JsonNode root;
            try {
                root = JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return new Order(source);
            }
            if (root.isArray() && !root.isEmpty()) {
                List<RenderId> ids = new ArrayList<>();
                for (JsonNode item : root) {
                    if (!ID.matcher(item.asText()).matches()) {
                        return new Order(source);
                    }
                    ids.add(RenderId.parse(item.asText()));
                }
                return new Ids(ids.stream().distinct().toList());
            }
            if (root.path("manifest").isTextual()) {
                String name = root.path("name").asText(source.name());
                byte[] manifest = root.path("manifest").textValue().getBytes(StandardCharsets.UTF_8);
                return new Order(new ManifestSource(plain(name), manifest, source.folder()));
            }
            return new Order(source);
        }

        /** A name becomes a file's: only its last part, and nothing that a folder could be. */
        private static String plain(String name) {
            String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
            return SafeName.of(last).isEmpty() || last.startsWith(".") ? "retry.yaml" : SafeName.of(last);
        }
    }
}
