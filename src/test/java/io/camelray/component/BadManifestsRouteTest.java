package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.intake.BadManifests;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bad manifests and good ones come through the inbox together. */
class BadManifestsRouteTest extends RayRouteTest {

    private static final int MANY = 50;
    private static final Duration WHOLE_HEAP = Duration.ofSeconds(90);

    @Test
    void fifty_bad_manifests_are_filed_with_their_errors_and_hold_up_none_of_three_good_ones() throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        BadManifests.picturesIn(inbox);
        List<String> bad = bad();
        for (int i = 0; i < MANY; i++) {
            if (i % 20 == 0) {
                drop("good-" + i + ".yaml", oneClip("good-" + i));
            }
            Path draft = home.resolve("draft");
            Files.copy(BadManifests.path(bad.get(i)), draft);
            Files.move(draft, inbox.resolve(filed(bad.get(i))), StandardCopyOption.ATOMIC_MOVE);
        }

        for (String good : List.of("good-0", "good-20", "good-40")) {
            await().atMost(WHOLE_HEAP)
                    .until(() -> Files.exists(home.resolve("outputs/" + good + "/generate.mp4.json")));
            assertThat(settled(good).count(RenderState.DELIVERED)).isEqualTo(1);
        }
        for (String name : bad) {
            Path manifest = home.resolve("rejected").resolve(filed(name));
            Path errors = manifest.resolveSibling(filed(name) + ".errors.json");
            await().atMost(WHOLE_HEAP).until(() -> Files.exists(errors) && Files.exists(manifest));
            assertThat(manifest).hasSameBinaryContentAs(BadManifests.path(name));
            JsonNode told = new ObjectMapper().readTree(errors.toFile()).path("errors");
            assertThat(told).as(name).isNotEmpty().anySatisfy(error -> {
                assertThat(error.path("severity").asText()).isEqualTo("error");
                assertThat(error.path("rule").asText()).isNotEmpty();
                assertThat(error.path("line").asInt()).isPositive();
                assertThat(error.path("column").asInt()).isPositive();
                assertThat(error.path("message").asText()).isNotEmpty();
            });
        }
        assertThat(sandbox().ledger().posts()).isEqualTo(3);
    }

    /** Fifty from all families. */
    private static List<String> bad() throws IOException {
        List<String> bad = BadManifests.index().stream()
                .filter(entry -> !entry.errors().isEmpty())
                .map(BadManifests.Entry::file)
                .filter(name -> !name.startsWith("destinations/") && !name.startsWith("accounts/"))
                .toList();
        return IntStream.range(0, MANY)
                .mapToObj(i -> bad.get(i * bad.size() / MANY))
                .toList();
    }

    private static String filed(String name) {
        return name.replace('/', '-');
    }
}
