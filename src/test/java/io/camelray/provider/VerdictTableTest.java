package io.camelray.provider;

import static io.camelray.provider.Wire.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.Direction;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.provider.SubmitVerdict.Accepted;
import io.camelray.provider.SubmitVerdict.AccountFault;
import io.camelray.provider.SubmitVerdict.Ambiguous;
import io.camelray.provider.SubmitVerdict.Rejected;
import io.camelray.provider.SubmitVerdict.Throttled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTableTest {

    private static final RenderRequest PLAIN = RenderRequest.textToVideo("a mug");
    private static final RenderRequest CHAINED =
            Requests.extend(Direction.FORWARD).build();

    private final Providers providers = new Providers(true);

    @ParameterizedTest
    @CsvSource({
        "LUMA, 201, id",
        "LUMA, 200, id",
        "GMI, 200, request_id",
        "GMI, 201, request_id",
        "REPLICATE, 201, id",
        "REPLICATE, 202, id"
    })
    void a_success_with_the_providers_id_is_accepted(ProviderName name, int status, String field) {
        assertThat(verdict(name, status, "{\"" + field + "\":\"j-1\",\"else\":[{}]}"))
                .isEqualTo(new Accepted(new ProviderJobId("j-1"), Optional.empty()));
    }

    @Test
    void the_id_to_chain_with_is_not_the_id_to_poll_with() {
        assertThat(verdict(ProviderName.GMI, 200, "{\"id\":\"x\",\"outcome\":{\"generation_id\":\"g\"}}"))
                .isInstanceOf(Ambiguous.class);
    }

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void every_status_proves_what_the_table_says(ProviderName name) {
        for (int status : new int[] {400, 413, 422}) {
            assertThat(verdict(name, status, "{}")).isInstanceOf(Rejected.class);
        }
        for (int status : new int[] {301, 302, 307, 308, 401, 402, 403, 404, 405}) {
            assertThat(verdict(name, status, "{}")).isInstanceOf(AccountFault.class);
        }
        for (int status : new int[] {100, 406, 408, 409, 418, 425, 500, 501, 504, 520, 599}) {
            assertThat(verdict(name, status, "{}")).isInstanceOf(Ambiguous.class);
        }
        assertThat(verdict(name, 429, "{}")).isInstanceOf(Throttled.class);
    }

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void what_is_not_found_is_the_renders_fault_only_if_it_names_a_generation(ProviderName name) {
        WireReply notFound = reply(404, "{\"detail\":\"Generation not found\"}");

        assertThat(providers.get(name).verdict(CHAINED, notFound))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.failure().reason()).contains("Generation not found"));
        assertThat(providers.get(name).verdict(PLAIN, notFound)).isInstanceOf(AccountFault.class);
        assertThat(providers.get(name).verdict(Optional.empty(), notFound)).isInstanceOf(AccountFault.class);
    }

    @ParameterizedTest
    @CsvSource({"GMI, 502", "GMI, 503", "REPLICATE, 502", "REPLICATE, 503"})
    void only_lumas_own_unavailability_is_ever_believed(ProviderName name, int status) {
        assertThat(providers
                        .get(name)
                        .verdict(
                                PLAIN,
                                reply(
                                        status,
                                        "{\"detail\":\"Upstream service unavailable\",\"error\":\"down\"}",
                                        Map.of("X-API-Version", "1", "X-Request-Id", "r"))))
                .isInstanceOf(Ambiguous.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Your rate limit is reduced to 6 requests per minute with a burst of 1 requests. It resets in ~10s. | 6",
                "Rate limit: 120 requests/hour | 2",
                "Limited to 2 requests per second | 120",
                "5 video requests per hour | 1",
                "At most 0 requests per minute | -1",
                "Request was throttled. Your rate limit resets in ~30s. | -1",
                "Slow down | -1"
            })
    void a_refusal_that_names_a_rate_teaches_it(String text, int perMinute) {
        for (ProviderName name : List.of(ProviderName.GMI, ProviderName.REPLICATE)) {
            assertThat(verdict(name, 429, "{\"detail\":\"" + text + "\"}"))
                    .isInstanceOfSatisfying(Throttled.class, throttled -> assertThat(
                                    throttled.requestsPerMinute().orElse(-1))
                            .isEqualTo(perMinute));
        }
        assertThat(verdict(ProviderName.REPLICATE, 201, "{\"id\":\"j\",\"error\":\"" + text + "\"}"))
                .isEqualTo(new Accepted(new ProviderJobId("j"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Too many concurrent requests | true",
                "You have reached your concurrency limit | true",
                "Too many running predictions | true",
                "Request was throttled | false"
            })
    void a_refusal_for_the_jobs_that_run_is_told_from_one_for_the_rate(String text, boolean concurrency) {
        for (ProviderName name : List.of(ProviderName.GMI, ProviderName.REPLICATE)) {
            assertThat(verdict(name, 429, "{\"detail\":\"" + text + "\"}"))
                    .isInstanceOfSatisfying(Throttled.class, throttled -> assertThat(throttled.concurrency())
                            .isEqualTo(concurrency));
        }
    }

    @Test
    void the_draft_headers_are_read_where_a_provider_has_none_of_its_own() {
        assertThat(providers
                        .get(ProviderName.REPLICATE)
                        .verdict(
                                PLAIN,
                                reply(
                                        429,
                                        "{\"detail\":\"Slow down\"}",
                                        Map.of("ratelimit-limit", "600;w=60", "ratelimit-reset", "17"))))
                .isEqualTo(new Throttled(Duration.ofSeconds(17), false, Optional.of(600), "Slow down"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":\"Quota is used up\"}",
                "{\"error\":{\"message\":\"Quota is used up\",\"code\":7}}",
                "{\"message\":\"Quota is used up\"}",
                "{\"error\":null,\"detail\":\"Quota is used up\"}"
            })
    void gmi_words_its_errors_in_several_ways(String body) {
        assertThat(verdict(ProviderName.GMI, 429, body))
                .isEqualTo(new Throttled(Duration.ofSeconds(60), false, Optional.empty(), "Quota is used up"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Request was throttled. Your rate limit resets in ~30s. | 31",
                "Request was throttled. Expected available in 1 second. | 2",
                "Request was throttled. Your rate limit resets in ~2 minutes. | 121",
                "Request was throttled. Your rate limit resets in 500 milliseconds. | 1",
                "Request was throttled. Your rate limit resets in ~999999h. | 600",
                "Request was throttled. | 10",
                "resets in ~99999999999999999999s | 10"
            })
    void replicate_names_the_end_of_its_limit_in_the_text(String detail, long seconds) {
        SubmitVerdict verdict = verdict(ProviderName.REPLICATE, 429, "{\"detail\":\"" + detail + "\"}");

        assertThat(verdict).isInstanceOfSatisfying(Throttled.class, throttled -> assertThat(
                        throttled.retryAfter().toSeconds())
                .isEqualTo(seconds));
    }

    @Test
    void a_problem_document_gives_its_detail() {
        String problem = "{\"type\":\"about:blank\",\"title\":\"Input validation failed\",\"status\":422,"
                + "\"detail\":\"- input.prompt is required\"}";

        assertThat(verdict(ProviderName.REPLICATE, 422, problem)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.failure().reason()).isEqualTo("- input.prompt is required");
            assertThat(rejected.failure().remedy()).contains("Replicate");
        });
    }

    private SubmitVerdict verdict(ProviderName name, int status, String body) {
        return providers.get(name).verdict(PLAIN, reply(status, body));
    }
}
