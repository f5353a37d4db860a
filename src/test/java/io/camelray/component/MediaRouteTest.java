package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.RenderState;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What a render starts from is looked into before anything is paid, and is with the provider when it is needed. */
class MediaRouteTest extends RayRouteTest {

    private static final String FROM_A_PHOTO =
            """
            campaign: photo
            prompt: the mug begins to steam
            aspectRatio: "1:1"
            resolution: 360p
            startFrame: mug.png
            """;

    @Test
    void a_small_photo_beside_the_manifest_is_sent_along() throws IOException {
        Path photo = photo();

        drop("photo.yaml", FROM_A_PHOTO);

        assertThat(settled("photo").count(RenderState.DELIVERED)).isEqualTo(1);
        JsonNode frame =
                sandbox().ledger().generations().get(0).body().path("video").path("start_frame");
        assertThat(frame.path("media_type").asText()).isEqualTo("image/png");
        assertThat(Base64.getDecoder().decode(frame.path("data").asText())).isEqualTo(Files.readAllBytes(photo));
    }

    @Test
    void a_retry_starts_from_the_photo_that_was_planned_with_though_it_is_gone() throws IOException {
        Path photo = photo();
        byte[] planned = Files.readAllBytes(photo);
        drop("photo.yaml", FROM_A_PHOTO);
        appears("accepted/photo/r1/photo.yaml");
        Files.delete(photo);

        assertThat(settled("photo").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(files("assets")).hasSize(1);
        assertThat(home.resolve("assets").resolve(files("assets").get(0))).hasBinaryContent(planned);
    }

    @Test
    void what_is_no_image_is_refused_with_its_place_before_it_costs_anything() throws IOException {
        Files.createDirectories(home.resolve("inbox"));
        Files.write(home.resolve("inbox/mug.png"), "PK\u0003\u0004 not an image".getBytes(StandardCharsets.ISO_8859_1));

        drop("photo.yaml", FROM_A_PHOTO);

        JsonNode document = new ObjectMapper()
                .readTree(appears("rejected/photo.yaml.errors.json").toFile());
        assertThat(document.path("errors")).anySatisfy(error -> {
            assertThat(error.path("pointer").asText()).isEqualTo("/startFrame");
            assertThat(error.path("line").asInt()).isEqualTo(5);
        });
        nothingWasPosted();
    }

    private Path photo() throws IOException {
        Files.createDirectories(home.resolve("inbox"));
        Path photo = home.resolve("inbox/mug.png");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
        return photo;
    }
}
