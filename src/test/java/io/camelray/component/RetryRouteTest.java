package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What failed goes to the dead letter, and from there into the retry folder. */
class RetryRouteTest {

    private static final String CHAIN =
            """
            campaign: chain     # what failed of it is written below this line's own text
            budget: 40
            defaults: {resolution: 540p}
            matrix:
              sku: [{id: a, name: green mug}, {id: b, name: white cup}]
              aspectRatio: ["9:16", "1:1"]
            steps:
              - id: hero
                operation: generate
                each: [sku]
                prompt: "A {{sku.name}} on a walnut table"
                aspectRatio: "16:9"
              - id: fit
                operation: reframe
                source: hero
                prompt: "More of the table"
            """;

    abstract static class Retries extends RayRouteTest {

        void into(String folder, String name, String text) throws IOException {
            Path draft = Files.createTempFile(home, "draft", ".txt");
            Files.writeString(draft, text);
            Files.createDirectories(home.resolve(folder));
            Files.move(draft, home.resolve(folder).resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }

        void delivered(String campaign, int count) {
            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger().campaign(campaign).orElseThrow().count(RenderState.DELIVERED) == count);
        }

        /** Waits until a file was filed that was dropped, and reads what is said about it. */
        JsonNode errors(String name) throws IOException {
            return new ObjectMapper()
                    .readTree(appears("rejected/" + name + ".errors.json").toFile());
        }
    }

    @Nested
    class A_step_that_fails_once extends Retries {

        @Override
        FailurePlan failures() {
            return FailurePlan.parse("rules: [{on: submit, match: {promptContains: green}, do: 422-array, times: 1}]");
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.channel.events", "file:" + home.resolve("events"));
        }

        @Test
        void goes_again_with_what_starts_from_it_and_nothing_else_when_its_dead_letter_is_dropped() throws IOException {
            drop("chain.yaml", CHAIN);
            String letter = Files.readString(appears("dead-letter/chain/r1.yaml"));
            delivered("chain", 3);

            assertThat(letter)
                    .startsWith("retryOf: chain/r1 ")
                    .contains("- step: \"hero\"", "cell: {\"sku\": \"a\"}", "rejected: ", "cost so far: $0.00")
                    .doesNotContain("step: \"fit\"")
                    .endsWith(CHAIN);
            into("retry", "again.yaml", letter);

            delivered("chain", 6);
            assertThat(appears("accepted/chain/r1/again.yaml")).content().isEqualTo(letter);
            assertThat(renders("chain")).allMatch(render -> render.state() == RenderState.DELIVERED);
            assertThat(sandbox().ledger().generations()).hasSize(6);
            into("retry", "twice.yaml", letter);
            appears("accepted/chain/r1/twice.yaml");
            assertThat(sandbox().ledger().posts()).isEqualTo(7);
            everyChangeIsAnEvent();
        }

        @Test
        void starts_from_the_photo_that_was_planned_with_though_the_dead_letter_lies_elsewhere() throws IOException {
            Files.createDirectories(home.resolve("inbox"));
            Path photo = home.resolve("inbox/mug.png");
            ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
            drop("photo.yaml", oneClip("photo").replace("sage green", "green") + "startFrame: mug.png\n");
            String letter = Files.readString(appears("dead-letter/photo/r1.yaml"));
            byte[] planned = Files.readAllBytes(photo);
            Files.delete(photo);

            into("retry", "r1.yaml", letter.replace("a green mug", "a teal mug"));

            delivered("photo", 1);
            appears("accepted/photo/r2/r1.yaml");
            JsonNode frame =
                    sandbox().ledger().generations().get(0).body().path("video").path("start_frame");
            assertThat(Base64.getDecoder().decode(frame.path("data").asText())).isEqualTo(planned);
        }

        private void everyChangeIsAnEvent() throws IOException {
            await().atMost(LONG_ENOUGH).until(() -> ledger().workLeft().eventsToHandOver() == 0);
            ObjectMapper json = new ObjectMapper();
            RenderId hero = renders("chain").stream()
                    .filter(render ->
                            render.step().equals("hero") && render.cell().contains("a"))
                    .findFirst()
                    .map(RenderRecord::id)
                    .orElseThrow();
            List<JsonNode> events = files("events").stream()
                    .map(file -> {
                        try {
                            return json.readTree(
                                    home.resolve("events").resolve(file).toFile());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sorted(Comparator.comparing(
                            event -> Long.parseLong(event.path("id").asText().replaceFirst("-.*", ""))))
                    .toList();
            assertThat(events).allSatisfy(event -> {
                assertThat(event.path("specversion").asText()).isEqualTo("1.0");
                assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
                assertThat(event.path("time").asText()).isNotEmpty();
                assertThat(event.toString()).doesNotContain("?", "luma-api-test");
            });
            assertThat(events.stream()
                            .filter(event -> event.path("subject").asText().equals(hero.toString()))
                            .map(event -> event.path("type").asText())
                            .collect(Collectors.toList()))
                    .containsExactly(
                            "io.camelray.render.submitting",
                            "io.camelray.render.failed",
                            "io.camelray.render.planned",
                            "io.camelray.render.submitting",
                            "io.camelray.render.rendering",
                            "io.camelray.render.rendered",
                            "io.camelray.render.delivered");
            assertThat(events)
                    .filteredOn(event -> event.path("type").asText().equals("io.camelray.campaign.planned"))
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.path("source").asText()).isEqualTo("/camel-ray/chain"));
            assertThat(events)
                    .filteredOn(event -> event.path("type").asText().equals("io.camelray.render.failed"))
                    .first()
                    .satisfies(event -> {
                        assertThat(event.at("/data/class").asText()).isEqualTo("rejected");
                        assertThat(event.at("/data/step").asText()).isEqualTo("hero");
                        assertThat(event.at("/data/attempt").asInt()).isEqualTo(1);
                        assertThat(event.at("/data/money/confirmed").asText()).isEqualTo("$0.00");
                    });
        }
    }

    @Nested
    class A_step_that_always_fails extends Retries {

        @Override
        FailurePlan failures() {
            return FailurePlan.parse(
                    "rules: [{on: job, match: {promptContains: green}, do: content_moderated, times: 0}]");
        }

        @Test
        void is_replaced_by_what_was_changed_and_nothing_else_is_touched() throws IOException {
            drop("chain.yaml", CHAIN);
            String letter = Files.readString(appears("dead-letter/chain/r1.yaml"));
            delivered("chain", 3);
            List<RenderId> white = renders("chain").stream()
                    .filter(render -> render.state() == RenderState.DELIVERED)
                    .map(RenderRecord::id)
                    .toList();

            into("inbox", "mended.yaml", letter.replace("green mug", "teal mug").replace("budget: 40", "budget: 1"));

            delivered("chain", 6);
            appears("accepted/chain/r2/mended.yaml");
            assertThat(ledger().campaign("chain").orElseThrow().budget().toString())
                    .isEqualTo("$40.00");
            assertThat(renders("chain")).hasSize(6).allMatch(render -> render.state() == RenderState.DELIVERED);
            assertThat(renders("chain")).extracting(RenderRecord::id).containsAll(white);
            assertThat(sandbox().ledger().generations()).hasSize(7);
        }

        @Test
        void cannot_take_the_key_of_a_render_that_stays() throws IOException {
            drop("chain.yaml", CHAIN);
            String letter = Files.readString(appears("dead-letter/chain/r1.yaml"));
            delivered("chain", 3);

            into(
                    "retry",
                    "key.yaml",
                    letter.replace("green mug", "teal mug")
                            + "deliver: {key: \"chain/b_{{aspectRatio}}/{{step}}.{{ext}}\"}\n");

            assertThat(errors("key.yaml").at("/errors/0/message").asText()).contains("chain/b_9x16/fit.mp4", "stays");
            assertThat(errors("key.yaml").at("/errors/0/pointer").asText()).isEqualTo("/deliver/key");
            assertThat(sandbox().ledger().generations()).hasSize(4);
        }

        @Test
        void goes_again_by_its_number_while_what_cannot_is_told() throws IOException {
            drop("clip.yaml", oneClip("clip").replace("sage green", "green"));
            appears("dead-letter/clip/r1.yaml");
            RenderId id = renders("clip").get(0).id();

            into("retry", "ids.txt", "# again\n" + id + "\nR999\n");

            appears("accepted/retry/ids.txt");
            assertThat(errors("ids.txt").at("/errors/0/message").asText()).contains("R999");
            assertThat(errors("ids.txt").path("errors")).hasSize(1);
            await().atMost(LONG_ENOUGH)
                    .until(() -> sandbox().ledger().generations().size() == 2);
        }

        @Test
        void is_refused_with_its_place_if_it_names_what_there_is_not_or_is_a_new_order() throws IOException {
            into("retry", "new.yaml", oneClip("clip"));
            into("retry", "gone.yaml", "retryOf: gone/r1\nonly: [{step: generate}]\n" + oneClip("gone"));
            drop("clip.yaml", oneClip("clip").replace("sage green", "green"));
            String letter = Files.readString(appears("dead-letter/clip/r1.yaml"));
            into("retry", "step.yaml", letter.replace("- step: \"generate\"", "- step: \"hero\""));

            assertThat(errors("new.yaml").at("/errors/0/message").asText()).contains("retryOf");
            assertThat(errors("gone.yaml").at("/errors/0/message").asText())
                    .contains("no accepted revision 1 of campaign 'gone'");
            assertThat(errors("step.yaml").at("/errors/0/message").asText()).contains("no step 'hero'");
            assertThat(errors("step.yaml").at("/errors/0/pointer").asText()).isEqualTo("/only/0");
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }
    }
}
