package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.RenderState;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A revision that changes nothing but keys delivers what there is to them, for nothing. */
class RedeliveryRouteTest extends RayRouteTest {

    private static final String BUCKET = "videos";
    private final HastenedClock clock = new HastenedClock();
    private EmbeddedS3 store;
    private S3Client client;

    @Override
    SandboxOptions.Builder sandboxOptions() {
        return super.sandboxOptions().clock(clock);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        store = EmbeddedS3.start(home.resolve("s3"), BUCKET, "id", "secret");
        client = s3(store.endpoint());
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("store", S3Client.class, client);
        return context;
    }

    @Override
    void configure(Properties properties) {
        properties.put("camel.component.ray.replicate-api-token", "r8_test");
        properties.put(
                "camel.component.ray.replicate-base-url",
                sandbox().replicateBaseUrl().toString());
        properties.put("ray.deliver.allow", "file:" + home.resolve("outputs") + ",s3://" + BUCKET);
    }

    @AfterEach
    void stopStore() {
        client.close();
        store.close();
    }

    private void revise(String campaign, int revision, String manifest) {
        String name = campaign + "-" + revision + ".yaml";
        drop(name, manifest);
        appears("accepted/" + campaign + "/r" + revision + "/" + name);
        assertThat(settled(campaign).revision()).isEqualTo(revision);
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(appears(file).toFile());
    }

    private byte[] file(String name) throws IOException {
        return Files.readAllBytes(home.resolve(name));
    }

    private RenderRecord delivered(String campaign) {
        RenderRecord render = onlyRender(campaign).orElseThrow();
        assertThat(render.state()).isEqualTo(RenderState.DELIVERED);
        assertThat(render.attempts()).hasSize(1);
        assertThat(sandbox().ledger().posts())
                .as("posts, by the sandbox's books")
                .isEqualTo(1);
        assertThat(sandbox().ledger().generations()).hasSize(1);
        return render;
    }

    @Test
    void a_new_key_and_a_new_destination_are_copies_that_cost_nothing() throws IOException {
        revise("shop", 1, oneClip("shop"));
        byte[] video = file("outputs/shop/generate.mp4");
        var paid = ledger().campaign("shop").orElseThrow().confirmed();

        revise("shop", 2, oneClip("shop") + "deliver: {key: \"{{campaign}}/new/{{step}}.{{ext}}\"}\n");
        delivered("shop");
        assertThat(files("outputs/shop"))
                .as("the old object stays where it lies")
                .containsExactly("generate.mp4", "generate.mp4.json", "new/generate.mp4", "new/generate.mp4.json");
        assertThat(file("outputs/shop/new/generate.mp4")).isEqualTo(video);
        assertThat(json("outputs/shop/new/generate.mp4.json")
                        .path("outputs")
                        .get(0)
                        .path("location")
                        .asText())
                .endsWith("new/generate.mp4");
        assertThat(json("outputs/shop/r2/manifest.json").toString()).contains("new/generate.mp4");
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() ->
                        assertThat(appears("reports/shop/report.csv")).content().contains("new/generate.mp4"));

        String toBucket = oneClip("shop") + "deliver: {to: \"s3://" + BUCKET + "/out\", key: \"a.{{ext}}\"}\n";
        revise("shop", 3, toBucket);
        assertThat(delivered("shop").outputs())
                .extracting(OutputRecord::location)
                .containsExactly("s3://videos/out/a.mp4");
        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("out/a.mp4"))
                        .asByteArray())
                .isEqualTo(video);
        assertThat(client.headObject(request -> request.bucket(BUCKET).key("out/a.mp4"))
                        .metadata())
                .containsEntry("revision", "3");

        revise("shop", 4, oneClip("shop") + "deliver: {key: \"{{campaign}}/back.{{ext}}\"}\n");
        delivered("shop");
        assertThat(file("outputs/shop/back.mp4")).as("out of the bucket").isEqualTo(video);
        FileTime written = Files.getLastModifiedTime(home.resolve("outputs/shop/back.mp4"));

        drop("again.yaml", oneClip("shop") + "deliver: {key: \"{{campaign}}/back.{{ext}}\"}\n");
        appears("accepted/shop/r4/again.yaml");
        assertThat(settled("shop").revision()).isEqualTo(4);
        assertThat(Files.getLastModifiedTime(home.resolve("outputs/shop/back.mp4")))
                .isEqualTo(written);
        delivered("shop");
        assertThat(ledger().campaign("shop").orElseThrow().confirmed()).isEqualTo(paid);
        spoolEmpties();
    }

    @Test
    void what_was_taken_away_or_changed_comes_from_a_fresh_url() throws IOException {
        revise("gone", 1, oneClip("gone"));
        Path old = home.resolve("outputs/gone/generate.mp4");
        byte[] video = Files.readAllBytes(old);
        clock.hasten(Duration.ofDays(1));
        Files.delete(old);

        revise("gone", 2, oneClip("gone") + "deliver: {key: \"{{campaign}}/b.{{ext}}\"}\n");
        delivered("gone");
        assertThat(file("outputs/gone/b.mp4")).isEqualTo(video);

        video[video.length - 1] ^= 1;
        Files.write(home.resolve("outputs/gone/b.mp4"), video);
        revise("gone", 3, oneClip("gone") + "deliver: {key: \"{{campaign}}/c.{{ext}}\"}\n");
        assertThat(delivered("gone").note()).isEmpty();
        assertThat(file("outputs/gone/c.mp4")).isNotEqualTo(video);
        spoolEmpties();
    }

    @Test
    void what_nobody_has_any_more_stays_delivered_where_it_was_with_a_warning() throws IOException {
        String clip = "provider: replicate\n" + oneClip("lost").replace("360p", "540p");
        revise("lost", 1, clip);
        clock.hasten(Duration.ofDays(1));
        Path old = home.resolve("outputs/lost/generate.mp4");
        Files.delete(old);

        revise("lost", 2, clip + "deliver: {key: \"{{campaign}}/new.{{ext}}\"}\n");

        RenderRecord render = delivered("lost");
        assertThat(render.failure()).isEmpty();
        assertThat(render.note())
                .contains("is not delivered anew to", "outputs/lost/new.mp4", old + " is gone")
                .contains("The output was deleted an hour after completion");
        assertThat(render.outputs()).extracting(OutputRecord::location).containsExactly(old.toString());
        assertThat(files("outputs/lost")).containsExactly("generate.mp4.json");
        assertThat(json("outputs/lost/generate.mp4.json").path("warning").asText())
                .isEqualTo(render.note());
        assertThat(appears("reports/lost/r2.txt")).content().contains("warning: The video is not delivered anew");
        spoolEmpties();
    }

    @Test
    void clips_that_swap_their_keys_are_refused_before_anything_is_touched() throws IOException {
        revise("swap", 1, twoClips("one", "two"));
        byte[] one = file("outputs/swap/one.mp4");
        byte[] two = file("outputs/swap/two.mp4");

        drop("swapped.yaml", twoClips("two", "one"));

        assertThat(json("rejected/swapped.yaml.errors.json").toString())
                .contains("which is to be copied from there to its own new key", "/deliver/key");
        assertThat(settled("swap").revision()).isEqualTo(1);
        assertThat(file("outputs/swap/one.mp4")).isEqualTo(one);
        assertThat(file("outputs/swap/two.mp4")).isEqualTo(two);
        revise("swap", 2, twoClips("three", "four"));
        assertThat(file("outputs/swap/three.mp4")).isEqualTo(one);
        assertThat(file("outputs/swap/four.mp4")).isEqualTo(two);
        assertThat(sandbox().ledger().posts()).isEqualTo(2);
    }

    private static String twoClips(String first, String second) {
        return oneClip("swap")
                + "matrix: {sku: [{id: a, file: " + first + "}, {id: b, file: " + second + "}]}\n"
                + "deliver: {key: \"{{campaign}}/{{sku.file}}.{{ext}}\"}\n";
    }
}
