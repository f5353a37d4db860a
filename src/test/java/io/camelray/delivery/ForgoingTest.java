package io.camelray.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.Destination;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgoingTest {

    private static final Clock CLOCK = Clock.fixed(Renders.PLANNED.plusSeconds(120), ZoneOffset.UTC);
    private static final String REASON = "The provider offers no thumbnail for the completed job";

    @TempDir
    Path out;

    private final RecordingLedger ledger = new RecordingLedger();
    private final Forgoing forgoing = new Forgoing(
            ledger,
            () -> {
                throw new AssertionError("no bucket is meant");
            },
            new Sidecar(),
            CLOCK);

    private PendingOutput pending(OutputKind kind, boolean last, OutputRecord... outputs) {
        RenderRecord render = Renders.render(17, RenderState.RENDERED, outputs);
        return new PendingOutput(
                7,
                render,
                kind,
                "",
                Renders.PLANNED,
                new Destination.Folder(out),
                "lamp." + kind.label(),
                "",
                2,
                Optional.empty(),
                last);
    }

    private String at(String name) {
        return out.resolve(name).toString();
    }

    @Test
    void only_a_thumbnail_beside_something_else_is_done_without() {
        OutputRecord video = Renders.stored(OutputKind.VIDEO, at("lamp.mp4"), "");
        OutputRecord exr = Renders.waiting(OutputKind.EXR, at("lamp.exr"));
        OutputRecord thumbnail = Renders.waiting(OutputKind.THUMBNAIL, at("lamp.jpg"));

        assertThat(Forgoing.isPossible(pending(OutputKind.THUMBNAIL, true, video, thumbnail)))
                .isTrue();
        assertThat(Forgoing.isPossible(pending(OutputKind.THUMBNAIL, true, exr, thumbnail)))
                .isTrue();
        assertThat(Forgoing.isPossible(pending(OutputKind.THUMBNAIL, true, thumbnail)))
                .isFalse();
        assertThat(Forgoing.isPossible(pending(OutputKind.EXR, true, video, exr)))
                .isFalse();
        assertThat(Forgoing.isPossible(pending(OutputKind.VIDEO, true, video, thumbnail)))
                .isFalse();
    }

    @Test
    void the_last_output_that_does_not_come_still_brings_the_sidecar_beside_the_first() throws Exception {
        PendingOutput pending = pending(
                OutputKind.THUMBNAIL,
                true,
                Renders.stored(OutputKind.EXR, at("lamp.zip"), ""),
                Renders.waiting(OutputKind.THUMBNAIL, at("lamp.jpg")));

        assertThat(forgoing.forgo(pending, REASON)).isTrue();

        JsonNode sidecar =
                new ObjectMapper().readTree(out.resolve("lamp.zip.json").toFile());
        assertThat(sidecar.path("outputs").findValuesAsText("kind")).containsExactly("exr", "thumbnail");
        assertThat(sidecar.path("outputs").get(1).path("missing").asText()).isEqualTo(REASON);
        assertThat(ledger.missing).containsExactly("7 " + REASON);
    }

    @Test
    void while_others_are_to_come_the_sidecar_waits_for_them() throws Exception {
        PendingOutput pending = pending(
                OutputKind.THUMBNAIL,
                false,
                Renders.waiting(OutputKind.VIDEO, at("lamp.mp4")),
                Renders.waiting(OutputKind.THUMBNAIL, at("lamp.jpg")));

        forgoing.forgo(pending, REASON);

        assertThat(out).isEmptyDirectory();
        assertThat(ledger.missing).hasSize(1);
    }

    @Test
    void a_sidecar_that_cannot_be_written_means_later_and_nothing_is_recorded() throws Exception {
        Files.createDirectory(out.resolve("lamp.mp4.json"));
        Files.writeString(out.resolve("lamp.mp4.json").resolve("in the way"), "x");
        PendingOutput pending = pending(
                OutputKind.THUMBNAIL,
                true,
                Renders.stored(OutputKind.VIDEO, at("lamp.mp4"), ""),
                Renders.waiting(OutputKind.THUMBNAIL, at("lamp.jpg")));

        assertThatThrownBy(() -> forgoing.forgo(pending, REASON))
                .isInstanceOf(DeliveryRetryException.class)
                .hasMessageContaining("The sidecar could not be written");
        assertThat(ledger.missing).isEmpty();
    }

    @Test
    void the_sidecar_lies_beside_the_video_in_whatever_order_the_files_came() {
        for (OutputKind last : OutputKind.values()) {
            OutputRecord[] outputs = Arrays.stream(OutputKind.values())
                    .map(kind -> kind == last
                            ? Renders.waiting(kind, at("lamp." + kind.label()))
                            : Renders.stored(kind, at("lamp." + kind.label()), ""))
                    .toArray(OutputRecord[]::new);

            assertThat(new Sidecar().key(pending(last, true, outputs), "lamp." + last.label()))
                    .isEqualTo("lamp.video.json");
        }
    }
}
