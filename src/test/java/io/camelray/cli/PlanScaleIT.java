package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large campaigns are planned in memory that hardly grows with them. {@code -Pbench} plans a million rows. */
class PlanScaleIT {

    private static final int ROWS = Integer.getInteger("bench.rows", 100_000);
    private static final String HEAP = System.getProperty("bench.heap", "96m");

    @TempDir
    Path folder;

    @Test
    void a_csv_of_many_rows_is_validated_and_priced_in_a_small_heap() throws Exception {
        rows();
        Path manifest = Files.writeString(
                folder.resolve("large.yaml"),
                """
                campaign: large
                budget: 1000000
                matrix: { sku: { from: skus.csv } }
                prompt: "Slow dolly around {{sku.name}} on a walnut table, {{sku.mood}}"
                aspectRatio: "16:9"
                deliver: { key: "{{campaign}}/{{sku.id}}.{{ext}}" }
                """);
        long start = System.nanoTime();

        try (Launched plan = Launched.start(
                folder,
                List.of("-Xmx" + HEAP),
                Map.of(),
                "plan",
                manifest.toString(),
                "--json",
                "--home",
                folder.resolve("home").toString(),
                "--set",
                "ray.max-renders=2000000")) {
            assertThat(plan.exitStatus()).as(plan.output()).isZero();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%,d rows planned with %s in %.1f s: %,.0f rows/s%n", ROWS, HEAP, seconds, ROWS / seconds);
            JsonNode document = new ObjectMapper().readTree(plan.output());
            assertThat(document.path("renders").asInt()).isEqualTo(ROWS);
            assertThat(document.path("keyCount").asInt()).isEqualTo(ROWS);
            assertThat(document.at("/values/count").asInt()).isEqualTo(ROWS);
        }
    }

    private void rows() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("skus.csv"))) {
            out.write("id,name,mood\n");
            for (int row = 0; row < ROWS; row++) {
                out.write(
                        "sku-" + row + ",\"a stoneware mug, number " + row + "\",first light through linen curtains\n");
            }
        }
    }
}
