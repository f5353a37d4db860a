package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A manifest chooses which files of its renders are delivered. */
class OutputsRouteTest extends RayRouteTest {

    private static final String BUCKET = "videos";
    private static final String GMI_CLIP =
            """
            provider: gmi
            prompt: a sage green mug
            aspectRatio: "1:1"
            resolution: 540p
            """;

    private EmbeddedS3 store;
    private S3Client client;

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
        properties.put("camel.component.ray.gmi-api-key", "gmi-test");
        properties.put(
                "camel.component.ray.gmi-base-url", sandbox().gmiBaseUrl().toString());
        properties.put("ray.deliver.allow", "file:" + home.resolve("outputs") + ",s3://" + BUCKET);
    }

    @AfterEach
    void stopStore() {
        client.close();
        store.close();
    }

    @Test
    void a_thumbnail_comes_beside_its_video_into_a_folder_and_into_a_bucket() throws IOException {
        drop("folder.yaml", "campaign: folder\n" + GMI_CLIP + "deliver: {outputs: [video, thumbnail]}\n");
        drop(
                "bucket.yaml",
                "campaign: bucket\n" + GMI_CLIP + "deliver: {outputs: [thumbnail, video], to: \"s3://" + BUCKET
                        + "/out\", key: \"{{campaign}}/{{output}}.{{ext}}\"}\n");

        assertThat(settled("folder").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(settled("bucket").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(files("outputs/folder")).containsExactly("generate.jpg", "generate.mp4", "generate.mp4.json");
        byte[] thumbnail = Files.readAllBytes(home.resolve("outputs/folder/generate.jpg"));
        assertThat(thumbnail).startsWith(0xFF, 0xD8, 0xFF);
        await().atMost(LONG_ENOUGH).untilAsserted(() -> assertThat(
                        client.listObjectsV2(request -> request.bucket(BUCKET)).contents())
                .extracting(S3Object::key)
                .containsExactlyInAnyOrder(
                        "out/bucket/video.mp4",
                        "out/bucket/video.mp4.json",
                        "out/bucket/thumbnail.jpg",
                        "out/bucket/r1/manifest.json"));
        assertThat(client.headObject(request -> request.bucket(BUCKET).key("out/bucket/thumbnail.jpg"))
                        .contentType())
                .isEqualTo("image/jpeg");
        JsonNode sidecar = json("outputs/folder/generate.mp4.json");
        assertThat(sidecar.path("outputs").findValuesAsText("kind")).containsExactlyInAnyOrder("video", "thumbnail");
        assertThat(sidecar.path("outputs").findValuesAsText("sha256")).hasSize(2);
        assertThat(json("outputs/folder/r1/manifest.json")
                        .path("renders")
                        .get(0)
                        .path("outputs")
                        .findValuesAsText("contentType"))
                .containsExactlyInAnyOrder("video/mp4", "image/jpeg");
        assertThat(appears("reports/folder/contact-sheet.html"))
                .content()
                .contains("poster=\"../../outputs/folder/generate.jpg\"");
        spoolEmpties();
    }

    @Test
    void an_exr_and_a_thumbnail_come_without_the_video_that_nobody_asked_for() throws IOException {
        drop(
                "grading.yaml",
                "campaign: grading\n"
                        + GMI_CLIP.replace("540p", "720p")
                        + "hdr: true\nexrExport: true\ndeliver: {outputs: [exr, thumbnail]}\n");

        assertThat(settled("grading").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(files("outputs/grading")).containsExactly("generate.exr", "generate.exr.json", "generate.jpg");
        assertThat(appears("reports/grading/report.csv")).content().contains("outputs/grading/generate.exr");
        assertThat(appears("reports/grading/contact-sheet.html"))
                .content()
                .contains("<img loading=\"lazy\" src=\"../../outputs/grading/generate.jpg\"");
        spoolEmpties();
    }

    @Test
    void a_thumbnail_that_the_provider_does_not_give_is_reported_and_costs_nothing() throws IOException {
        drop("bare.yaml", oneClip("bare") + "deliver: {outputs: [video, thumbnail]}\n");

        assertThat(settled("bare").count(RenderState.DELIVERED)).isEqualTo(1);
        RenderRecord render = onlyRender("bare").orElseThrow();
        assertThat(render.attempts()).hasSize(1);
        assertThat(render.confirmed()).isEqualTo(Money.dollars("0.06"));
        assertThat(sandbox().ledger().posts()).isEqualTo(1);
        assertThat(files("outputs/bare")).containsExactly("generate.mp4", "generate.mp4.json");
        String missing = "The provider offers no thumbnail for the completed job";
        assertThat(json("outputs/bare/generate.mp4.json").path("outputs"))
                .anySatisfy(output -> {
                    assertThat(output.path("kind").asText()).isEqualTo("thumbnail");
                    assertThat(output.path("missing").asText()).isEqualTo(missing);
                    assertThat(output.has("location")).isFalse();
                })
                .anySatisfy(
                        output -> assertThat(output.path("location").asText()).endsWith("generate.mp4"));
        assertThat(json("reports/bare/r1.json").toString()).contains("delivered without its thumbnail: " + missing);
        assertThat(appears("reports/bare/r1.txt")).content().contains("delivered without its thumbnail: " + missing);
        assertThat(appears("reports/bare/contact-sheet.html")).content().contains("delivered without its thumbnail");
        spoolEmpties();
    }

    @Test
    void a_thumbnail_that_a_changed_manifest_asks_for_comes_without_rendering_anew() throws IOException {
        drop("one.yaml", "campaign: shop\n" + GMI_CLIP);
        settled("shop");
        drop("two.yaml", "campaign: shop\n" + GMI_CLIP + "deliver: {outputs: [video, thumbnail]}\n");
        appears("accepted/shop/r2/two.yaml");

        assertThat(settled("shop").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(sandbox().ledger().posts()).isEqualTo(1);
        assertThat(files("outputs/shop")).containsExactly("generate.jpg", "generate.mp4", "generate.mp4.json");
        assertThat(json("outputs/shop/generate.mp4.json").path("outputs").findValuesAsText("kind"))
                .containsExactlyInAnyOrder("video", "thumbnail");
    }

    private JsonNode json(String file) throws IOException {
        Path path = appears(file);
        return new ObjectMapper().readTree(path.toFile());
    }
}
