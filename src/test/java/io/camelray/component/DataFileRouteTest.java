package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.model.RenderState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Data files lie beside manifests in the inbox, and travel with them. */
class DataFileRouteTest extends RayRouteTest {

    private static final String ROWS = "id;name\nm1;a sage green mug\nm2;a white cup\n";

    @Override
    void configure(Properties properties) {
        try {
            Path templates = Files.createDirectories(home.resolve("campaigns"));
            Files.writeString(templates.resolve("weekly.yaml"), manifest("weekly", "weekly.csv"));
            properties.put("ray.campaigns", templates.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String manifest(String campaign, String data) {
        return "campaign: " + campaign + "\nresolution: 360p\naspectRatio: \"1:1\"\nmatrix: { sku: { from: " + data
                + " } }\nprompt: \"{{sku.name | default:'a mug'}} of " + campaign
                + "\"\ndeliver: { key: \"{{campaign}}/{{sku.name | slug}}.{{ext}}\" }\n";
    }

    @Test
    void rows_are_delivered_and_data_files_go_where_their_manifests_go() throws Exception {
        drop("skus.csv", ROWS);
        drop("spring.yaml", manifest("spring", "skus.csv"));

        assertThat(settled("spring").counts()).containsEntry(RenderState.DELIVERED, 2);
        appears("accepted/spring/r1/spring.yaml");
        assertThat(files("outputs")).contains("spring/a-sage-green-mug.mp4", "spring/a-white-cup.mp4");
        assertThat(home.resolve("accepted/spring/r1/skus.csv")).hasContent(ROWS);
        gone("inbox/skus.csv");

        // A CSV alone is taken when a template names it.
        drop("weekly.csv", ROWS);
        assertThat(settled("weekly").counts()).containsEntry(RenderState.DELIVERED, 2);
        appears("accepted/weekly/r1/weekly.csv");
        gone("inbox/weekly.csv");

        // A refused manifest takes its data along; a JSON array is no manifest, and waits for its own.
        drop("bad.json", "[{\"id\": \"m1\", \"name\": \"x\"}, {\"name\": \"y\"}]");
        drop("bad.yaml", manifest("bad", "bad.json"));
        assertThat(Files.readString(appears("rejected/bad.yaml.errors.json"))).contains("\"file\" : \"bad.json\"");
        appears("rejected/bad.json");
        gone("inbox/bad.json");
        assertThat(files("rejected")).containsExactly("bad.json", "bad.yaml", "bad.yaml.errors.json");

        // What another manifest in the inbox names is copied, and stays there for it.
        context().getRouteController().suspendRoute("intake-folder");
        drop("shared.csv", ROWS.replace("m1", "m3"));
        drop("first.yaml", manifest("first", "shared.csv"));
        drop("second.yaml", manifest("second", "shared.csv"));
        context().getRouteController().resumeRoute("intake-folder");
        assertThat(settled("first").counts()).containsEntry(RenderState.DELIVERED, 2);
        assertThat(settled("second").counts()).containsEntry(RenderState.DELIVERED, 2);
        appears("accepted/first/r1/shared.csv");
        appears("accepted/second/r1/shared.csv");
        gone("inbox/shared.csv");
        assertThat(files("inbox")).isEmpty();
    }

    private void gone(String file) {
        await().atMost(LONG_ENOUGH).until(() -> !Files.exists(home.resolve(file)));
    }
}
