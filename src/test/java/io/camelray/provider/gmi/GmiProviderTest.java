package io.camelray.provider.gmi;

import static io.camelray.provider.Requests.CLIP;
import static io.camelray.provider.Requests.FIRST;
import static io.camelray.provider.Requests.LAST;
import static io.camelray.provider.Requests.MANUAL;
import static io.camelray.provider.Requests.PARENT;
import static io.camelray.provider.Requests.SMALL_CLIP;
import static io.camelray.provider.Requests.SMALL_IMAGE;
import static io.camelray.provider.Wire.json;
import static io.camelray.provider.Wire.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.FailureClass;
import io.camelray.model.Keyframe;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourcePosition;
import io.camelray.provider.JobStatus;
import io.camelray.provider.ListedJobs;
import io.camelray.provider.Provider;
import io.camelray.provider.Requests;
import io.camelray.provider.UnsupportedRequestException;
import io.camelray.provider.Wire;
import io.camelray.provider.WireRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GmiProviderTest {

    private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");
    private static final String QUEUE = "/api/v1/ie/requestqueue/apikey/requests";

    private final Provider gmi = new GmiProvider();

    @Test
    void text_to_video_goes_to_the_generating_model() {
        WireRequest request = gmi.submission(
                Requests.generate().length(ClipLength.TEN_SECONDS).build(), Wire.MEDIA);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo(QUEUE);
        assertThat(json(request.body()))
                .isEqualTo(
                        json(
                                """
                                {"model":"luma-ray-3-2-generate","payload":{"prompt":"a mug","aspect_ratio":"16:9",
                                 "resolution":"720p","duration":"10s"}}
                                """));
    }

    @Test
    void frames_go_by_address() {
        assertBody(
                Requests.generate()
                        .hdr(true)
                        .exrExport(true)
                        .startFrame(Optional.of(FIRST))
                        .endFrame(Optional.of(LAST)),
                """
                {"model":"luma-ray-3-2-generate","payload":{"prompt":"a mug","aspect_ratio":"16:9",
                 "resolution":"720p","duration":"5s","hdr":true,"exr_export":true,
                 "start_frame_url":"https://cdn.example/first.png","end_frame_url":"https://cdn.example/last.png"}}
                """);
    }

    @Test
    void an_interpolation_may_start_from_a_generation() {
        assertBody(
                Requests.generate().startFrame(Optional.of(PARENT)).endFrame(Optional.of(LAST)),
                """
                {"model":"luma-ray-3-2-generate","payload":{"prompt":"a mug","aspect_ratio":"16:9",
                 "resolution":"720p","duration":"5s",
                 "start_frame_generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851",
                 "end_frame_url":"https://cdn.example/last.png"}}
                """);
    }

    @Test
    void an_extension_names_the_end_that_grows() {
        assertBody(
                Requests.extend(Direction.FORWARD).loop(true),
                """
                {"model":"luma-ray-3-2-generate","payload":{"prompt":"and on","aspect_ratio":"16:9",
                 "resolution":"720p","duration":"5s","loop":true,
                 "start_frame_generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"}}
                """);
        assertBody(
                Requests.extend(Direction.BACKWARD),
                """
                {"model":"luma-ray-3-2-generate","payload":{"prompt":"and on","aspect_ratio":"16:9",
                 "resolution":"720p","duration":"5s",
                 "end_frame_generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"}}
                """);
    }

    @Test
    void an_edit_has_flat_controls() {
        assertBody(
                Requests.edit(PARENT, MANUAL).hdr(true).startFrame(Optional.of(FIRST)),
                """
                {"model":"luma-ray-3-2-edit","payload":{"prompt":"by night","resolution":"720p",
                 "source_generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851","hdr":true,
                 "start_frame_url":"https://cdn.example/first.png","edit_strength":"flex_2",
                 "pose_strength":"precise","depth_blur":0.25,"normals_augmentation":0.5,
                 "trajectory_sparsity":0.75,"face_enabled":true}}
                """);
        assertBody(
                Requests.edit(SMALL_CLIP, EditControls.AUTO),
                """
                {"model":"luma-ray-3-2-edit","payload":{"prompt":"by night","resolution":"720p",
                 "source_data":"QUJD","source_media_type":"video/mp4","edit_auto_controls":true}}
                """);
    }

    @Test
    void a_reframe_has_a_ratio_and_a_source() {
        assertBody(
                Requests.reframe(PARENT).resolution(Resolution.P1080),
                """
                {"model":"luma-ray-3-2-reframe","payload":{"prompt":"wider","resolution":"1080p",
                 "aspect_ratio":"9:16","source_generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"}}
                """);
    }

    @Test
    void what_gmi_lacks_is_refused_with_a_sentence() {
        assertRefused(Requests.edit(CLIP, EditControls.AUTO), "offered by luma");
        assertRefused(Requests.reframe(CLIP), "offered by luma");
        assertRefused(Requests.generate().keyframes(List.of(new Keyframe(0, FIRST))), "several keyframes");
        assertRefused(Requests.generate().resolution(Resolution.P360), "360p");
        assertRefused(Requests.edit(PARENT, Requests.guided()), "guide frames");
        assertRefused(
                Requests.reframe(PARENT).sourcePosition(Optional.of(new SourcePosition(0, 0, 1, 1))),
                "source position");
        assertRefused(Requests.generate().startFrame(Optional.of(SMALL_IMAGE)), "host the image");
        assertRefused(Requests.edit(PARENT, EditControls.AUTO).startFrame(Optional.of(PARENT)), "guide frame");
    }

    @Test
    void a_job_is_polled_with_one_id_and_chained_with_another() {
        assertThat(gmi.statusQuery(new ProviderJobId("r/1")).path()).isEqualTo(QUEUE + "/r%2F1");
        assertThat(status("{\"request_id\":\"r\",\"status\":\"success\",\"outcome\":{\"generation_id\":\"g\"}}"))
                .isEqualTo(new JobStatus.Completed(Optional.of("g"), List.of()));
    }

    @Test
    void the_outcome_holds_a_video_a_thumbnail_and_perhaps_an_exr() {
        String video = "https://storage.googleapis.com/b/o?X-Goog-Date=20260701T075000Z&X-Goog-Expires=3600";
        String body = "{\"status\":\"success\",\"outcome\":{\"thumbnail_image_url\":\"https://s/t.jpg\","
                + "\"media_urls\":[\"https://s/other.mp4\",{\"url\":\"https://s/all.zip\"}],\"video_url\":\"" + video
                + "\",\"generation_id\":\"g\",\"medias\":null}}";

        assertThat(status(body))
                .isEqualTo(new JobStatus.Completed(
                        Optional.of("g"),
                        List.of(
                                new JobStatus.Output(
                                        OutputKind.THUMBNAIL, "https://s/t.jpg", Instant.parse("2026-07-01T09:00:00Z")),
                                new JobStatus.Output(
                                        OutputKind.EXR, "https://s/all.zip", Instant.parse("2026-07-01T09:00:00Z")),
                                new JobStatus.Output(OutputKind.VIDEO, video, Instant.parse("2026-07-01T08:50:00Z")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "\"done\"", "{\"video_url\":\"javascript:alert(1)\"}"})
    void a_success_without_artefacts_is_complete_without_outputs(String outcome) {
        assertThat(status("{\"status\":\"success\",\"outcome\":" + outcome + "}"))
                .isEqualTo(new JobStatus.Completed(Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "queued", "dispatched", "processing", "warming up"})
    void an_unfinished_or_unknown_status_is_running(String word) {
        assertThat(status("{\"status\":\"" + word + "\"}")).isEqualTo(new JobStatus.Running(word));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content_moderated: blocked | MODERATED | false",
                "Your prompt was flagged by moderation | MODERATED | false",
                "budget_exhausted | BUDGET_EXHAUSTED | true",
                "Insufficient balance | BUDGET_EXHAUSTED | true",
                "corrupt_input | INPUT | false",
                "output_not_found | OUTPUT_NOT_FOUND | false",
                "Generation failed | GENERATION_FAILED | false",
                "Generation failed: unsupported format | INPUT | false",
                "Generation failed for a reason of its own | OTHER | false",
                "out of cheese | OTHER | false"
            })
    void a_failure_is_classified_by_its_words_and_never_retried_in_doubt(
            String text, FailureClass kind, boolean charged) {
        for (String body : new String[] {
            "{\"status\":\"failed\",\"outcome\":{\"error\":\"" + text + "\"}}",
            "{\"status\":\"failed\",\"outcome\":{\"message\":\"" + text + "\"}}",
            "{\"status\":\"failed\",\"outcome\":null,\"error\":{\"message\":\"" + text + "\"}}"
        }) {
            assertThat(status(body)).isInstanceOfSatisfying(JobStatus.Failed.class, failed -> {
                assertThat(failed.failure().kind()).isEqualTo(kind);
                assertThat(failed.failure().reason()).isEqualTo(text);
                assertThat(failed.charged()).isEqualTo(charged);
            });
        }
    }

    @Test
    void a_cancelled_job_counts_as_paid_for() {
        assertThat(status("{\"status\":\"cancelled\"}"))
                .isInstanceOfSatisfying(JobStatus.Cancelled.class, cancelled -> {
                    assertThat(cancelled.failure().reason()).isEqualTo("Cancelled");
                    assertThat(cancelled.charged()).isTrue();
                });
    }

    @Test
    void a_lost_job_is_found_by_its_body_in_the_list_of_its_model() {
        RenderRequest request = Requests.edit(PARENT, MANUAL).build();
        byte[] sent = gmi.submission(request, Wire.MEDIA).body();
        String payload = json(sent).get("payload").toString();

        assertThat(gmi.listing().orElseThrow().query(request, NOW).path())
                .isEqualTo(QUEUE + "?model_id=luma-ray-3-2-edit&page_size=100");
        ListedJobs listed = gmi.listing()
                .orElseThrow()
                .read(reply(
                        200,
                        "{\"total\":3,\"requests\":[{\"request_id\":\"r1\",\"model\":\"luma-ray-3-2-edit\","
                                + "\"created_at\":1782892800,\"payload\":" + payload + "},"
                                + "{\"request_id\":\"r2\",\"model\":\"luma-ray-3-2-edit\",\"created_at\":1782892800000,"
                                + "\"payload\":{\"prompt\":\"else\"}},{\"request_id\":\"r3\"},{\"id\":\"r4\"},7]}"));
        assertThat(listed).isInstanceOfSatisfying(ListedJobs.Page.class, page -> {
            assertThat(page.next()).isEmpty();
            assertThat(page.jobs()).extracting(job -> job.job().value()).containsExactly("r1", "r2", "r3");
            assertThat(page.jobs()).extracting(job -> job.repeats(sent)).containsExactly(true, false, false);
            assertThat(page.jobs())
                    .extracting(job -> job.createdAt())
                    .containsExactly(Optional.of(NOW), Optional.of(NOW), Optional.empty());
        });
    }

    private JobStatus status(String body) {
        return gmi.status(reply(200, body), NOW);
    }

    private void assertBody(RenderRequest.Builder request, String expected) {
        assertThat(json(gmi.submission(request.build(), Wire.MEDIA).body())).isEqualTo(json(expected));
    }

    private void assertRefused(RenderRequest.Builder request, String why) {
        assertThatThrownBy(() -> gmi.submission(request.build(), Wire.MEDIA))
                .isInstanceOf(UnsupportedRequestException.class)
                .hasMessageContaining(why);
    }
}
