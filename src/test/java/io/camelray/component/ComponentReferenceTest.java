package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/component.md} is written from the component's metadata. When it is stale the test fails and leaves the right
 * one in {@code target/component.md}, to be copied.
 */
class ComponentReferenceTest {

    private static final Path PAGE = Path.of("docs/component.md");

    @Test
    void the_reference_says_what_the_metadata_says() throws IOException {
        JsonNode metadata;
        try (InputStream in = RayComponent.class.getResourceAsStream("/META-INF/io/camelray/component/ray.json")) {
            metadata = new ObjectMapper().readTree(in);
        }
        String page = page(metadata);
        Files.writeString(Path.of("target/component.md"), page);

        assertThat(PAGE).as("stale: copy target/component.md to docs").hasContent(page);
    }

    private static String page(JsonNode metadata) {
        StringBuilder page = new StringBuilder("# The component `ray`\n\n");
        page.append("Made from the component's metadata, `META-INF/io/camelray/component/ray.json` in the jar, by")
                .append(" `ComponentReferenceTest`: change descriptions in the code.\n\n");
        page.append(metadata.at("/component/description").asText()).append("\n\n```\n");
        page.append(metadata.at("/component/syntax").asText()).append("[?options]\n```\n\n");
        page.append("What each operation does is in the [README](../README.md#the-way-through).\n");
        table(page, "Options of endpoints", metadata.path("properties"), true);
        table(page, "Options of the component, `camel.component.ray.*`", metadata.path("componentProperties"), true);
        table(page, "Headers", metadata.path("headers"), false);
        return page.toString();
    }

    private static void table(StringBuilder page, String title, JsonNode entries, boolean options) {
        page.append("\n## ").append(title).append("\n\n");
        page.append(
                options
                        ? "| option | type | default | |\n|---|---|---|---|\n"
                        : "| header | type | |\n|---|---|---|\n");
        entries.properties().forEach(entry -> {
            JsonNode option = entry.getValue();
            page.append("| `").append(entry.getKey()).append("` | ").append(type(option));
            if (options) {
                page.append(" | ").append(code(option.path("defaultValue").asText("")));
            }
            page.append(" | ").append(text(option)).append(" |\n");
        });
    }

    private static String type(JsonNode option) {
        if (option.has("enum")) {
            StringBuilder values = new StringBuilder();
            option.path("enum").forEach(value -> values.append(values.isEmpty() ? "" : ", ")
                    .append('`')
                    .append(value.asText())
                    .append('`'));
            return values.toString();
        }
        String java = option.path("javaType").asText();
        return java.substring(java.lastIndexOf('.') + 1);
    }

    private static String code(String value) {
        return value.isEmpty() ? "" : "`" + value + "`";
    }

    private static String text(JsonNode option) {
        String description =
                option.path("description").asText().replace("|", "\\|").replace("<", "&lt;");
        return description
                + (option.path("required").asBoolean() ? " **Required.**" : "")
                + (option.path("secret").asBoolean() ? " *Secret.*" : "")
                + (option.path("deprecated").asBoolean() ? " *Deprecated.*" : "");
    }
}
