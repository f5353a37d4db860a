package io.camelray.provider.luma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.AspectRatio;
import io.camelray.model.FailureClass;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderRequest;
import io.camelray.provider.JobStatus;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.Provider;
import io.camelray.provider.SubmitVerdict;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LumaProviderTest {

    private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");
    private static final Map<String, String> OWN_MARKS = Map.of("X-API-Version", "2026-04-01");

    private final Provider luma = new LumaProvider(true);

    @Test
    void a_submission_always_names_model_and_type_and_only_what_was_asked() throws IOException {
        WireRequest request = luma.submission(
                RenderRequest.textToVideo("a \"mug\" ☕").withAspectRatio(AspectRatio.R9X16), MediaResolver.NONE);

        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/generations");
        assertThat(body)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                {"model":"ray-3.2","type":"video","prompt":"a \\"mug\\" ☕","aspect_ratio":"9:16",
                                 "video":{"resolution":"720p","duration":"5s"}}
                                """));
    }

    @Test
    void hdr_is_a_flag_and_never_a_model_name() throws IOException {
        WireRequest request =
                luma.submission(RenderRequest.textToVideo("x").withHdr(true).withExrExport(true), MediaResolver.NONE);

        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(body.path("model").asText()).isEqualTo("ray-3.2");
        assertThat(body.path("video").path("hdr").asBoolean()).isTrue();
        assertThat(body.path("video").path("exr_export").asBoolean()).isTrue();
    }

    @Test
    void a_created_generation_is_accepted_and_teaches_the_limit() {
        SubmitVerdict verdict = luma.verdict(
                Optional.empty(),
                reply(201, "{\"id\":\"abc\",\"state\":\"queued\"}", Map.of("x-ratelimit-limit", "120")));

        assertThat(verdict).isInstanceOfSatisfying(SubmitVerdict.Accepted.class, accepted -> {
            assertThat(accepted.job()).isEqualTo(new ProviderJobId("abc"));
            assertThat(accepted.requestsPerMinute()).contains(120);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"id\":null}", "{\"id\":7}", "{\"id\":\"ab", "<html>ok</html>"})
    void a_success_without_an_id_proves_nothing(String body) {
        assertThat(luma.verdict(Optional.empty(), reply(201, body, Map.of())))
                .isInstanceOf(SubmitVerdict.Ambiguous.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 418, 425, 500, 504, 520, 599, 100})
    void what_is_not_listed_proves_nothing(int status) {
        assertThat(luma.verdict(Optional.empty(), reply(status, "{\"detail\":\"?\"}", OWN_MARKS)))
                .isInstanceOf(SubmitVerdict.Ambiguous.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void a_refused_request_fails_with_a_readable_reason_whatever_shape_the_detail_has(int status) {
        for (String body : new String[] {
            "{\"detail\":\"video/keyframes: needs at least one item\"}",
            "{\"detail\":[{\"loc\":[\"video\",\"keyframes\"],\"msg\":\"needs at least one item\",\"type\":\"x\"}]}",
            "{\"detail\":{\"loc\":[\"video\",\"keyframes\"],\"msg\":\"needs at least one item\"}}"
        }) {
            assertThat(luma.verdict(Optional.empty(), reply(status, body, Map.of())))
                    .isInstanceOfSatisfying(SubmitVerdict.Rejected.class, rejected -> assertThat(
                                    rejected.failure().reason())
                            .isEqualTo("video/keyframes: needs at least one item"));
        }
    }

    @Test
    void html_from_a_proxy_is_shortened_and_never_trusted() {
        String html = "<html><body>" + "Bad gateway ".repeat(200) + "</body></html>";

        assertThat(luma.verdict(Optional.empty(), reply(502, html, OWN_MARKS)))
                .isInstanceOfSatisfying(SubmitVerdict.Ambiguous.class, ambiguous -> assertThat(ambiguous.reason())
                        .hasSizeLessThan(600)
                        .doesNotContain("<"));
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503})
    void lumas_own_unavailability_is_proof_only_with_its_marks_and_only_if_trusted(int status) {
        String own = "{\"detail\":\"Upstream service unavailable\"}";

        assertThat(luma.verdict(Optional.empty(), reply(status, own, OWN_MARKS)))
                .isInstanceOf(SubmitVerdict.NotAccepted.class);
        assertThat(luma.verdict(Optional.empty(), reply(status, own, Map.of("X-Request-Id", "r"))))
                .isInstanceOf(SubmitVerdict.NotAccepted.class);
        assertThat(luma.verdict(Optional.empty(), reply(status, own, Map.of())))
                .isInstanceOf(SubmitVerdict.Ambiguous.class);
        assertThat(luma.verdict(Optional.empty(), reply(status, "{\"detail\":[]}", OWN_MARKS)))
                .isInstanceOf(SubmitVerdict.Ambiguous.class);
        assertThat(new LumaProvider(false).verdict(Optional.empty(), reply(status, own, OWN_MARKS)))
                .isInstanceOf(SubmitVerdict.Ambiguous.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 401, 402, 403, 404, 405})
    void the_accounts_faults_fail_no_render(int status) {
        assertThat(luma.verdict(Optional.empty(), reply(status, "{\"detail\":\"no\"}", OWN_MARKS)))
                .isInstanceOf(SubmitVerdict.AccountFault.class);
    }

    @Test
    void both_kinds_of_throttling_are_told_apart() {
        assertThat(luma.verdict(
                        Optional.empty(),
                        reply(
                                429,
                                "{\"detail\":\"Rate limit exceeded\"}",
                                Map.of("Retry-After", "7", "X-RateLimit-Limit", "30", "X-RateLimit-Remaining", "0"))))
                .isEqualTo(new SubmitVerdict.Throttled(
                        Duration.ofSeconds(7), false, Optional.of(30), "Rate limit exceeded"));
        assertThat(luma.verdict(
                        Optional.empty(),
                        reply(429, "{\"detail\":\"Too many concurrent jobs\"}", Map.of("Retry-After", "60"))))
                .isEqualTo(new SubmitVerdict.Throttled(
                        Duration.ofSeconds(60), true, Optional.empty(), "Too many concurrent jobs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "soon", "99999999999999999999", "Wed, 21 Oct 2026 07:28:00 GMT"})
    void a_nonsensical_retry_after_is_ignored(String retryAfter) {
        assertThat(luma.verdict(Optional.empty(), reply(429, "{}", Map.of("Retry-After", retryAfter))))
                .isInstanceOfSatisfying(SubmitVerdict.Throttled.class, throttled -> assertThat(throttled.retryAfter())
                        .isEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void an_enormous_retry_after_is_clamped() {
        assertThat(luma.verdict(Optional.empty(), reply(429, "{}", Map.of("Retry-After", "86400"))))
                .isInstanceOfSatisfying(SubmitVerdict.Throttled.class, throttled -> assertThat(throttled.retryAfter())
                        .isEqualTo(Duration.ofMinutes(10)));
    }

    @Test
    void outputs_are_told_by_type_or_path_and_never_by_position() {
        JobStatus status = luma.status(
                reply(
                        200,
                        """
                        {"state":"completed","output":[
                          {"type":"file","url":"https://s/1.exr?X-Amz-Date=20260701T075900Z&X-Amz-Expires=3600"},
                          {"type":"video","url":"https://s/1.mp4"},
                          {"type":"preview","url":"https://s/1.bin"}],"surprise":{}}
                        """,
                        Map.of()),
                NOW);

        assertThat(status).isInstanceOfSatisfying(JobStatus.Completed.class, completed -> {
            assertThat(completed.outputs())
                    .extracting(JobStatus.Output::kind)
                    .containsExactly(OutputKind.EXR, OutputKind.VIDEO);
            assertThat(completed.outputs().get(0).expiresAt()).isEqualTo("2026-07-01T08:59:00Z");
            assertThat(completed.outputs().get(1).expiresAt()).isEqualTo("2026-07-01T09:00:00Z");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "content_moderated, MODERATED, false",
        "generation_failed, GENERATION_FAILED, false",
        "output_not_found, OUTPUT_NOT_FOUND, false",
        "budget_exhausted, BUDGET_EXHAUSTED, true",
        "image_too_large, INPUT, false",
        "unsupported_format, INPUT, false",
        "corrupt_input, INPUT, false",
        "invalid_request, INPUT, false",
        "rate_limited, GENERATION_FAILED, false",
        "something_new, OTHER, false"
    })
    void each_failure_code_has_its_class(String code, FailureClass kind, boolean charged) {
        JobStatus status = luma.status(
                reply(
                        200,
                        "{\"state\":\"failed\",\"failure_code\":\"" + code + "\",\"failure_reason\":\"why\"}",
                        Map.of()),
                NOW);

        assertThat(status).isInstanceOfSatisfying(JobStatus.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(kind);
            assertThat(failed.failure().reason()).isEqualTo(code + ": why");
            assertThat(failed.charged()).isEqualTo(charged);
        });
    }

    @Test
    void a_failure_without_a_code_is_shown_and_not_tried_again() {
        JobStatus status = luma.status(
                reply(200, "{\"state\":\"failed\",\"failure_code\":null,\"failure_reason\":\"why\"}", Map.of()), NOW);

        assertThat(status).isInstanceOfSatisfying(JobStatus.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureClass.OTHER);
            assertThat(failed.failure().reason()).isEqualTo("why");
        });
    }

    @Test
    void a_generation_is_chained_with_the_id_that_it_is_polled_with() {
        JobStatus status =
                luma.status(reply(200, "{\"id\":\"abc\",\"state\":\"completed\",\"output\":null}", Map.of()), NOW);

        assertThat(status).isEqualTo(new JobStatus.Completed(Optional.of("abc"), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "processing", "dreaming", ""})
    void an_unfinished_or_unknown_state_is_still_running(String state) {
        assertThat(luma.status(reply(200, "{\"state\":\"" + state + "\"}", Map.of()), NOW))
                .isInstanceOf(JobStatus.Running.class);
    }

    @Test
    void a_poll_that_fails_says_nothing_about_the_job() {
        assertThat(luma.status(reply(500, "oops", Map.of()), NOW)).isInstanceOf(JobStatus.Inconclusive.class);
        assertThat(luma.status(reply(429, "{}", Map.of("Retry-After", "3")), NOW))
                .isInstanceOfSatisfying(
                        JobStatus.Inconclusive.class,
                        inconclusive -> assertThat(inconclusive.retryAfter()).contains(Duration.ofSeconds(3)));
        assertThat(luma.status(reply(200, "<html>", Map.of()), NOW)).isInstanceOf(JobStatus.Inconclusive.class);
        assertThat(luma.status(reply(404, "{\"detail\":\"Generation not found\"}", Map.of()), NOW))
                .isInstanceOf(JobStatus.Missing.class);
        assertThat(luma.status(reply(401, "{}", Map.of()), NOW)).isInstanceOf(JobStatus.AccountFault.class);
    }

    @Test
    void a_hostile_job_id_stays_one_path_segment() {
        assertThat(luma.statusQuery(new ProviderJobId("../../x?y#z")).path())
                .isEqualTo("/generations/..%2F..%2Fx%3Fy%23z");
    }

    private static WireReply reply(int status, String body, Map<String, String> headers) {
        return new WireReply(status, headers, body.getBytes(StandardCharsets.UTF_8), false);
    }
}
