package io.camelray.provider.replicate;

import static io.camelray.provider.Requests.FIRST;
import static io.camelray.provider.Requests.LAST;
import static io.camelray.provider.Requests.PARENT;
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
import io.camelray.provider.JobStatus;
import io.camelray.provider.ListedJob;
import io.camelray.provider.ListedJobs;
import io.camelray.provider.Provider;
import io.camelray.provider.Requests;
import io.camelray.provider.UnsupportedRequestException;
import io.camelray.provider.Wire;
import io.camelray.provider.WireRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicateProviderTest {

    private static final Instant NOW = Instant.parse("2026-07-01T08:30:00Z");

    private final Provider replicate = new ReplicateProvider(Optional.empty());

    @Test
    void text_to_video_has_a_whole_number_of_seconds() {
        WireRequest request = replicate.submission(
                Requests.generate().length(ClipLength.TEN_SECONDS).build(), Wire.MEDIA);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/models/luma/ray-3.2/predictions");
        assertThat(json(request.body()))
                .isEqualTo(
                        json(
                                """
                                {"input":{"prompt":"a mug","aspect_ratio":"16:9","duration":10,"resolution":"720p"}}
                                """));
    }

    @Test
    void a_webhook_is_asked_for_when_a_prediction_ends_and_a_list_need_not_repeat_it() {
        WireRequest request = new ReplicateProvider(Optional.of(URI.create("https://rays.example.test/replicate")))
                .submission(Requests.generate().build(), Wire.MEDIA);
        String input =
                "{\"input\":{\"prompt\":\"a mug\",\"aspect_ratio\":\"16:9\",\"duration\":5,\"resolution\":\"720p\"}";

        assertThat(json(request.body()))
                .isEqualTo(
                        json(
                                input
                                        + ",\"webhook\":\"https://rays.example.test/replicate\",\"webhook_events_filter\":[\"completed\"]}"));
        assertThat(new ListedJob(new ProviderJobId("p"), Optional.empty(), Optional.of(json(input + "}")))
                        .repeats(request.body()))
                .isTrue();
    }

    @Test
    void flags_are_sent_only_when_set() {
        assertBody(
                Requests.generate().hdr(true).exrExport(true).resolution(Resolution.P1080),
                """
                {"input":{"prompt":"a mug","aspect_ratio":"16:9","duration":5,"resolution":"1080p",
                 "hdr":true,"exr_export":true}}
                """);
        assertBody(
                Requests.generate().loop(true),
                """
                {"input":{"prompt":"a mug","aspect_ratio":"16:9","duration":5,"resolution":"720p","loop":true}}
                """);
    }

    @Test
    void images_go_by_address_or_as_data_and_decide_the_ratio() {
        assertBody(
                Requests.generate().startFrame(Optional.of(FIRST)).endFrame(Optional.of(LAST)),
                """
                {"input":{"prompt":"a mug","duration":5,"resolution":"720p",
                 "start_image":"https://cdn.example/first.png","end_image":"https://cdn.example/last.png"}}
                """);
        assertBody(
                Requests.generate().endFrame(Optional.of(SMALL_IMAGE)),
                """
                {"input":{"prompt":"a mug","duration":5,"resolution":"720p","end_image":"data:image/png;base64,QUJD"}}
                """);
    }

    @Test
    void what_replicate_lacks_is_refused_with_a_sentence() {
        assertRefused(Requests.extend(Direction.FORWARD), "extend");
        assertRefused(Requests.edit(PARENT, EditControls.AUTO), "edit");
        assertRefused(Requests.reframe(PARENT), "reframe");
        assertRefused(Requests.generate().keyframes(List.of(new Keyframe(0, FIRST))), "keyframes");
        assertRefused(Requests.generate().startFrame(Optional.of(PARENT)), "earlier generation");
        assertRefused(Requests.generate().resolution(Resolution.P360), "360p");
    }

    @Test
    void a_job_can_be_asked_for_and_cancelled() {
        ProviderJobId job = new ProviderJobId("ab/12");

        assertThat(replicate.statusQuery(job).path()).isEqualTo("/predictions/ab%2F12");
        WireRequest cancellation = replicate.cancellation(job).orElseThrow();
        assertThat(cancellation.method()).isEqualTo("POST");
        assertThat(cancellation.path()).isEqualTo("/predictions/ab%2F12/cancel");
        assertThat(cancellation.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starting", "processing", "pondering"})
    void an_unfinished_or_unknown_status_is_running(String word) {
        assertThat(status("{\"status\":\"" + word + "\",\"output\":null}")).isEqualTo(new JobStatus.Running(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"https://replicate.delivery/x/out.mp4\"",
                "[\"https://replicate.delivery/x/out.mp4\"]",
                "{\"video\":\"https://replicate.delivery/x/out.mp4\"}",
                "{\"file\":{\"url\":\"https://replicate.delivery/x/out.mp4\"}}"
            })
    void the_video_is_found_in_any_shape_and_dies_an_hour_after_completion(String output) {
        assertThat(status(
                        "{\"id\":\"p\",\"status\":\"succeeded\",\"completed_at\":\"2026-07-01T08:00:00.000Z\",\"output\":"
                                + output + "}"))
                .isEqualTo(new JobStatus.Completed(
                        Optional.empty(),
                        List.of(new JobStatus.Output(
                                OutputKind.VIDEO,
                                "https://replicate.delivery/x/out.mp4",
                                Instant.parse("2026-07-01T09:00:00Z")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"https://r/a.zip\",\"https://r/a\"]",
                "[\"https://r/a\",\"https://r/a.exr\"]",
                "{\"exr\":\"https://r/b\",\"video\":\"https://r/a\"}"
            })
    void an_exr_beside_the_video_is_told_by_name_or_path(String output) {
        assertThat(status("{\"status\":\"succeeded\",\"output\":" + output + "}"))
                .isInstanceOfSatisfying(JobStatus.Completed.class, completed -> {
                    assertThat(completed.outputs())
                            .extracting(JobStatus.Output::kind)
                            .containsExactlyInAnyOrder(OutputKind.VIDEO, OutputKind.EXR);
                    assertThat(completed.outputs())
                            .filteredOn(found -> found.kind() == OutputKind.VIDEO)
                            .extracting(JobStatus.Output::url)
                            .containsExactly("https://r/a");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"soon\"", "\"2099-01-01T00:00:00Z\""})
    void a_completion_that_cannot_be_dated_happened_now(String completedAt) {
        assertThat(status("{\"status\":\"succeeded\",\"completed_at\":" + completedAt.replace("7", "-7")
                        + ",\"output\":\"https://r/a.mp4?Expires=4102444800\"}"))
                .isInstanceOfSatisfying(JobStatus.Completed.class, completed -> assertThat(
                                completed.outputs().get(0).expiresAt())
                        .isEqualTo("2026-07-01T09:30:00Z"));
    }

    @Test
    void what_was_deleted_is_lost_and_paid_for() {
        assertThat(status("{\"status\":\"succeeded\",\"output\":null,\"input\":null,\"data_removed\":true}"))
                .isInstanceOfSatisfying(JobStatus.Failed.class, failed -> {
                    assertThat(failed.failure().kind()).isEqualTo(FailureClass.OUTPUT_NOT_FOUND);
                    assertThat(failed.charged()).isTrue();
                });
    }

    @Test
    void a_success_without_output_is_complete_without_outputs() {
        assertThat(status("{\"status\":\"succeeded\",\"output\":null,\"data_removed\":false}"))
                .isEqualTo(new JobStatus.Completed(Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "failed, NSFW content detected, NSFW content detected, MODERATED, false",
        "failed, worker vanished, worker vanished, OTHER, false",
        "failed, , Replicate gives no reason, OTHER, false"
    })
    void each_bad_end_has_its_class_and_its_price(
            String status, String error, String reason, FailureClass kind, boolean charged) {
        String said = error == null ? "null" : "\"" + error + "\"";

        assertThat(status("{\"status\":\"" + status + "\",\"error\":" + said + "}"))
                .isInstanceOfSatisfying(JobStatus.Failed.class, failed -> {
                    assertThat(failed.failure().kind()).isEqualTo(kind);
                    assertThat(failed.failure().reason()).isEqualTo(reason);
                    assertThat(failed.charged()).isEqualTo(charged);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "canceled, , Canceled while it ran, true",
        "canceled, by hand, Canceled while it ran: by hand, true",
        "aborted, , Aborted before it started, false"
    })
    void a_cancelled_job_is_charged_if_it_ran(String status, String error, String reason, boolean charged) {
        String said = error == null ? "null" : "\"" + error + "\"";

        assertThat(status("{\"status\":\"" + status + "\",\"error\":" + said + "}"))
                .isInstanceOfSatisfying(JobStatus.Cancelled.class, cancelled -> {
                    assertThat(cancelled.failure().reason()).isEqualTo(reason);
                    assertThat(cancelled.charged()).isEqualTo(charged);
                });
    }

    @Test
    void a_throttled_question_says_when_to_ask_again() {
        JobStatus status = replicate.status(
                reply(429, "{\"detail\":\"Request was throttled. Your rate limit resets in ~5s.\"}"), NOW);

        assertThat(status).isInstanceOfSatisfying(JobStatus.Inconclusive.class, inconclusive -> assertThat(
                        inconclusive.retryAfter().orElseThrow())
                .hasSeconds(6));
    }

    @Test
    void a_lost_job_is_found_by_its_input_among_every_models_predictions() {
        RenderRequest request = Requests.generate().build();
        byte[] sent = replicate.submission(request, Wire.MEDIA).body();
        String input = json(sent).get("input").toString();
        String body = "{\"previous\":null,\"next\":\"https://evil.example/v9/else?cursor=a%3D%3D\",\"results\":["
                + "{\"id\":\"p1\",\"model\":\"luma/ray-3.2\",\"created_at\":\"2026-07-01T08:30:00.000Z\",\"input\":"
                + input + "},{\"id\":\"p2\",\"model\":\"luma/ray-3.2\",\"input\":null},"
                + "{\"id\":\"p3\",\"model\":\"else/model\",\"input\":" + input + "}]}";

        assertThat(replicate.listing().orElseThrow().query(request, NOW).path())
                .isEqualTo("/predictions?created_after=2026-07-01T08%3A30%3A00Z");
        assertThat(replicate.listing().orElseThrow().read(reply(200, body)))
                .isInstanceOfSatisfying(ListedJobs.Page.class, page -> {
                    assertThat(page.next().orElseThrow().path()).isEqualTo("/predictions?cursor=a%3D%3D");
                    assertThat(page.jobs()).extracting(job -> job.job().value()).containsExactly("p1", "p2");
                    assertThat(page.jobs()).extracting(job -> job.repeats(sent)).containsExactly(true, false);
                    assertThat(page.jobs().get(0).createdAt()).contains(NOW);
                });
    }

    private JobStatus status(String body) {
        return replicate.status(reply(200, body), NOW);
    }

    private void assertBody(RenderRequest.Builder request, String expected) {
        assertThat(json(replicate.submission(request.build(), Wire.MEDIA).body()))
                .isEqualTo(json(expected));
    }

    private void assertRefused(RenderRequest.Builder request, String why) {
        assertThatThrownBy(() -> replicate.submission(request.build(), Wire.MEDIA))
                .isInstanceOf(UnsupportedRequestException.class)
                .hasMessageContaining(why);
    }
}
