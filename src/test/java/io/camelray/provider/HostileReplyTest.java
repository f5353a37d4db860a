package io.camelray.provider;

import static io.camelray.provider.Wire.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostileReplyTest {

    private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");
    private static final RenderRequest REQUEST = RenderRequest.textToVideo("a mug");

    private static final Map<String, String> BODIES = Map.of(
            "empty", "",
            "HTML", "<!doctype html><html><body>ok</body></html>",
            "an array", "[{\"id\":\"a\",\"request_id\":\"a\",\"state\":\"completed\",\"status\":\"success\"}]",
            "a text", "\"id\"",
            "cut short", "{\"id\":\"a\",\"request_id\":\"a\",\"state\":\"completed\",\"status\":\"succ",
            "deep",
                    "{\"id\":\"a\",\"request_id\":\"a\",\"state\":\"queued\",\"status\":\"queued\",\"x\":"
                            + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "deep objects", "{\"x\":".repeat(10_000),
            "an enormous number", "{\"id\":" + "9".repeat(10_000) + "}",
            "a wrong type", "{\"id\":{},\"request_id\":[],\"state\":7,\"status\":null}",
            "binary", "\u0000\u0001\u0002");

    static Stream<Arguments> everythingToEverybody() {
        return Arrays.stream(ProviderName.values()).flatMap(name -> BODIES.entrySet().stream()
                .map(body -> Arguments.of(name, body.getKey(), body.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everythingToEverybody")
    void a_success_that_cannot_be_read_proves_nothing(ProviderName name, String what, String body) {
        assertThat(provider(name).verdict(REQUEST, reply(201, body))).isInstanceOf(SubmitVerdict.Ambiguous.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everythingToEverybody")
    void a_status_that_cannot_be_read_says_nothing(ProviderName name, String what, String body) {
        assertThat(provider(name).status(reply(200, body), NOW)).isInstanceOf(JobStatus.Inconclusive.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everythingToEverybody")
    void a_refusal_that_cannot_be_read_is_still_a_refusal_with_a_short_reason(
            ProviderName name, String what, String body) {
        assertThat(provider(name).verdict(REQUEST, reply(422, body)))
                .isInstanceOfSatisfying(SubmitVerdict.Rejected.class, rejected -> assertThat(
                                rejected.failure().reason())
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(500)
                        .doesNotContain("\n", "\u0000"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProviderName.class,
            names = {"GMI", "REPLICATE"})
    void a_list_that_cannot_be_read_says_nothing(ProviderName name) {
        JobListing listing = provider(name).listing().orElseThrow();

        for (String body : BODIES.values()) {
            assertThat(listing.read(reply(200, body))).isInstanceOf(ListedJobs.Unreadable.class);
        }
    }

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void what_broke_off_is_not_believed_even_if_it_reads_well(ProviderName name) {
        byte[] body = "{\"id\":\"a\",\"request_id\":\"a\",\"state\":\"queued\",\"status\":\"queued\"}"
                .getBytes(StandardCharsets.UTF_8);
        WireReply truncated = new WireReply(200, Map.of(), body, true);

        assertThat(provider(name).verdict(REQUEST, truncated)).isInstanceOf(SubmitVerdict.Ambiguous.class);
        assertThat(provider(name).status(truncated, NOW)).isInstanceOf(JobStatus.Inconclusive.class);
    }

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void a_status_query_may_be_refused_without_saying_anything_about_the_job(ProviderName name) {
        assertThat(provider(name).status(reply(404, "{}"), NOW)).isInstanceOf(JobStatus.Missing.class);
        assertThat(provider(name).status(reply(401, "{}"), NOW)).isInstanceOf(JobStatus.AccountFault.class);
        assertThat(provider(name).status(reply(403, "{}"), NOW)).isInstanceOf(JobStatus.AccountFault.class);
        for (int status : new int[] {204, 302, 400, 429, 500, 502, 503}) {
            assertThat(provider(name).status(reply(status, "{}"), NOW)).isInstanceOf(JobStatus.Inconclusive.class);
        }
    }

    /** As objects it would take a hundred times its length. */
    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void a_crowd_of_tiny_values_is_not_read(ProviderName name) {
        String crowd = "{\"id\":\"a\",\"request_id\":\"a\",\"state\":\"completed\",\"status\":\"failed\",\"x\":[{}"
                + ",{}".repeat(300_000) + "]}";

        assertThat(provider(name).verdict(REQUEST, reply(201, crowd))).isInstanceOf(SubmitVerdict.Ambiguous.class);
        assertThat(provider(name).status(reply(200, crowd), NOW)).isInstanceOf(JobStatus.Inconclusive.class);
    }

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void what_is_said_about_another_job_says_nothing(ProviderName name) {
        String body = "{\"id\":\"b\",\"request_id\":\"b\",\"state\":\"%1$s\",\"status\":\"%1$s\"}";
        ProviderJobId asked = new ProviderJobId("a");

        for (String end : List.of("completed", "success", "succeeded", "failed", "canceled", "cancelled")) {
            assertThat(provider(name).status(asked, reply(200, body.formatted(end)), NOW))
                    .isNotInstanceOfAny(JobStatus.Completed.class, JobStatus.Failed.class);
        }
        assertThat(provider(name)
                        .status(asked, reply(200, body.formatted("failed").replace("\"b\"", "\"a\"")), NOW))
                .isInstanceOf(JobStatus.Failed.class);
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @CsvSource({
        "7, 7",
        "0, 1",
        "-3, 5",
        "soon, 5",
        "99999, 600",
        "'Wed, 01 Jul 2026 08:00:20 GMT', 20",
        "'Wed, 01 Jul 2026 07:00:00 GMT', 1",
        "'Wed, 01 Jul 2076 07:00:00 GMT', 600",
        "'Wed, 99 Jul 2026 07:00:00 GMT', 5"
    })
    void a_limit_asks_for_a_wait_in_whatever_form_and_never_for_none(String header, long seconds) {
        WireReply reply = new WireReply(
                429,
                Map.of("Retry-After", header, "Date", "Wed, 01 Jul 2026 08:00:00 GMT"),
                "{\"detail\":\"Rate limit exceeded\"}".getBytes(StandardCharsets.UTF_8),
                false);

        assertThat(provider(ProviderName.LUMA).verdict(REQUEST, reply))
                .isInstanceOfSatisfying(SubmitVerdict.Throttled.class, throttled -> assertThat(throttled.retryAfter())
                        .isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void markup_without_an_end_is_shortened_in_no_time() {
        long start = System.nanoTime();
        String reason = ErrorText.of(reply(502, "<".repeat(1 << 20)), "detail");

        assertThat(reason).hasSize(500);
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    private static Provider provider(ProviderName name) {
        return new Providers(true).get(name);
    }
}
