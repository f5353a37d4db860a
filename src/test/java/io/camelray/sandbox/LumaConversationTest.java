package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Money;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LumaConversationTest {

    private final FakeClock clock = new FakeClock();
    private Sandbox sandbox;
    private LumaCaller luma;

    private void start(SandboxOptions.Builder options) {
        sandbox = Sandbox.start(options.clock(clock).seed(1).build());
        luma = new LumaCaller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void anAcceptedSubmissionIsDescribedAsQueuedWithItsLimits() throws IOException {
        start(SandboxOptions.builder());
        HttpResponse<String> reply = luma.send(luma.to("/generations")
                .header("X-Request-Id", "attempt-1")
                .POST(BodyPublishers.ofString(LumaCaller.TEXT_TO_VIDEO)));

        assertThat(reply.statusCode()).isEqualTo(201);
        JsonNode body = luma.json(reply);
        assertThat(body.get("id").asText()).matches("[0-9a-f-]{14}4[0-9a-f]{3}-[89ab][0-9a-f-]{16}");
        assertThat(body.get("type").asText()).isEqualTo("video");
        assertThat(body.get("state").asText()).isEqualTo("queued");
        assertThat(body.get("model").asText()).isEqualTo("ray-3.2");
        assertThat(body.get("created_at").asText()).isEqualTo("2026-07-01T08:00:00Z");
        assertThat(body.get("output")).isEmpty();
        assertThat(body.get("failure_reason").isNull()).isTrue();
        assertThat(body.get("failure_code").isNull()).isTrue();
        assertThat(header(reply, "X-Request-Id")).contains("attempt-1");
        assertThat(header(reply, "X-API-Version")).contains("2026-04-01");
        assertThat(header(reply, "X-RateLimit-Limit")).contains("30");
        assertThat(header(reply, "X-RateLimit-Remaining")).contains("29");
        assertThat(header(reply, "X-RateLimit-Reset"))
                .contains(String.valueOf(clock.instant().plusSeconds(60).getEpochSecond()));
        assertThat(sandbox.ledger().generations()).singleElement().satisfies(paid -> assertThat(paid.requestId())
                .isEqualTo("attempt-1"));
    }

    @Test
    void twoIdenticalSubmissionsAreTwoJobsAndTwoCharges() throws IOException {
        start(SandboxOptions.builder());
        String first = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        String second = luma.accepted(LumaCaller.TEXT_TO_VIDEO);

        SandboxLedger ledger = sandbox.ledger();
        assertThat(first).isNotEqualTo(second);
        assertThat(ledger.generations()).hasSize(2).allMatch(SandboxLedger.Generation::isCharged);
        assertThat(ledger.generations().get(0).requestHash())
                .isEqualTo(ledger.generations().get(1).requestHash());
        assertThat(ledger.total()).isEqualTo(Money.dollars("0.12"));
        assertThat(ledger.posts()).isEqualTo(2);
    }

    @Test
    void theThirtyFirstSubmissionInAMinuteIsRefusedUntilTheOldestLeavesTheWindow() throws IOException {
        start(SandboxOptions.builder().maxConcurrent(100));
        luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        clock.advance(Duration.ofSeconds(20));
        for (int i = 2; i <= 30; i++) {
            luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        }
        HttpResponse<String> refused = luma.submit(LumaCaller.TEXT_TO_VIDEO);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(luma.json(refused).get("detail").asText()).isEqualTo("Rate limit exceeded");
        assertThat(header(refused, "Retry-After")).contains("40");
        assertThat(header(refused, "X-RateLimit-Remaining")).contains("0");
        assertThat(header(refused, "X-RateLimit-Reset"))
                .contains(String.valueOf(clock.instant().plusSeconds(40).getEpochSecond()));
        clock.advance(Duration.ofSeconds(39));
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).statusCode()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(1));
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).statusCode()).isEqualTo(201);
    }

    @Test
    void theEleventhJobAtATimeIsRefusedUntilOneEnds() throws IOException {
        start(SandboxOptions.builder());
        for (int i = 1; i <= 10; i++) {
            luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        }
        HttpResponse<String> refused = luma.submit(LumaCaller.TEXT_TO_VIDEO);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(luma.json(refused).get("detail").asText()).isEqualTo("Too many concurrent jobs");
        assertThat(header(refused, "Retry-After")).contains("60");
        assertThat(refused.headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
        clock.advance(Duration.ofSeconds(30));
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).statusCode()).isEqualTo(201);
    }

    @Test
    void aStuckJobGivesItsSlotBackAfterAnHour() throws IOException {
        start(SandboxOptions.builder()
                .maxConcurrent(1)
                .failures(FailurePlan.of(FailureRule.on(FailureStage.JOB, FailureAction.STUCK_PROCESSING))));
        String stuck = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        clock.advance(Duration.ofSeconds(3599));
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).statusCode()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(1));
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).statusCode()).isEqualTo(201);
        assertThat(luma.json(luma.poll(stuck)).get("state").asText()).isEqualTo("processing");
    }

    @Test
    void aThousandPollsUseNothingOfTheWindow() throws IOException {
        start(SandboxOptions.builder());
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        for (int i = 0; i < 1000; i++) {
            HttpResponse<String> reply = luma.poll(id);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
        }
        HttpResponse<String> next = luma.submit(LumaCaller.TEXT_TO_VIDEO);
        assertThat(header(next, "X-RateLimit-Remaining")).contains("28");
        assertThat(sandbox.ledger().polls()).isEqualTo(1000);
    }

    @Test
    void aJobGoesFromQueuedOverProcessingToCompletedAndStaysThere() throws IOException {
        start(SandboxOptions.builder());
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        assertThat(state(id)).isEqualTo("queued");
        clock.advance(Duration.ofSeconds(5));
        assertThat(state(id)).isEqualTo("processing");
        clock.advance(Duration.ofSeconds(25));
        assertThat(state(id)).isEqualTo("completed");
        clock.advance(Duration.ofDays(2));
        assertThat(state(id)).isEqualTo("completed");
    }

    @Test
    void theSpeedShortensJobsButNotTheWindow() throws IOException {
        start(SandboxOptions.builder().speed(100).requestsPerMinute(1));
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        clock.advance(Duration.ofMillis(300));
        assertThat(state(id)).isEqualTo("completed");
        HttpResponse<String> refused = luma.submit(LumaCaller.TEXT_TO_VIDEO);
        assertThat(header(refused, "Retry-After")).contains("60");
    }

    @Test
    void equalSeedsGiveEqualIdsForEqualRequests() throws IOException {
        start(SandboxOptions.builder());
        try (Sandbox other =
                Sandbox.start(SandboxOptions.builder().seed(1).clock(clock).build())) {
            LumaCaller otherLuma = new LumaCaller(other);
            otherLuma.accepted(LumaCaller.TEXT_TO_VIDEO.replace("amber", "green"));
            assertThat(luma.accepted(LumaCaller.TEXT_TO_VIDEO)).isEqualTo(otherLuma.accepted(LumaCaller.TEXT_TO_VIDEO));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sk-other", "bearer luma-api-good", "luma-api-good", "Basic luma-api-good"})
    void aHeaderThatIsNoLumaKeyIsRefused(String authorization) throws IOException {
        start(SandboxOptions.builder());
        HttpResponse<String> reply = submitAs(authorization);
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(luma.json(reply).get("detail").asText()).isEqualTo("Missing or invalid API key");
        assertThat(header(reply, "X-API-Version")).contains("2026-04-01");
        assertThat(header(reply, "X-Request-Id")).isPresent();
        assertThat(sandbox.ledger().generations()).isEmpty();
        assertThat(sandbox.ledger().posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "luma-api-unknown, 401, Invalid API key",
        "luma-api-revoked, 401, API key has been revoked",
        "luma-api-expired, 401, API key has expired",
        "luma-api-suspended, 403, API client is suspended",
        "luma-api-deactivated, 403, API client is deactivated",
        "luma-api-poor, 402, Insufficient credits",
        "luma-api-good, 201, ",
        "luma-api-twin, 201, "
    })
    void whatAKeyMayDoFollowsFromItsAccount(String key, int status, String detail) throws IOException {
        SandboxAccount good = new SandboxAccount(
                "good",
                Map.of(
                        "luma-api-good", SandboxAccount.KeyState.VALID,
                        "luma-api-twin", SandboxAccount.KeyState.VALID,
                        "luma-api-revoked", SandboxAccount.KeyState.REVOKED,
                        "luma-api-expired", SandboxAccount.KeyState.EXPIRED),
                Optional.empty(),
                true,
                SandboxAccount.Status.ACTIVE);
        start(SandboxOptions.builder()
                .accounts(
                        good,
                        SandboxAccount.of("suspended", "luma-api-suspended")
                                .withStatus(SandboxAccount.Status.SUSPENDED),
                        SandboxAccount.of("deactivated", "luma-api-deactivated")
                                .withStatus(SandboxAccount.Status.DEACTIVATED),
                        SandboxAccount.of("poor", "luma-api-poor").withBalance(Money.dollars("0.05"))));
        HttpResponse<String> reply = submitAs("Bearer " + key);
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(luma.json(reply).path("detail").asText(null)).isEqualTo(detail);
    }

    @Test
    void twoKeysOfOneAccountShareTheWindowAndSeeEachOthersJobsAndStrangersDoNot() throws IOException {
        start(SandboxOptions.builder()
                .requestsPerMinute(1)
                .accounts(
                        SandboxAccount.of("one", LumaCaller.KEY, "luma-api-second"),
                        SandboxAccount.of("other", "luma-api-other")));
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        assertThat(submitAs("Bearer luma-api-second").statusCode()).isEqualTo(429);
        assertThat(pollAs("luma-api-second", id).statusCode()).isEqualTo(200);
        HttpResponse<String> foreign = pollAs("luma-api-other", id);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(luma.json(foreign).get("detail").asText()).isEqualTo("Generation not found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /generations, 405",
        "DELETE, /generations/11111111-2222-4333-8444-555555555555, 405",
        "GET, /generations/not-a-uuid, 404",
        "GET, /generations/11111111-2222-4333-8444-555555555555, 404",
        "GET, /elsewhere, 404"
    })
    void whatDoesNotExistIsRefusedInJsonWithTheUsualHeaders(String method, String path, int status) throws IOException {
        start(SandboxOptions.builder());
        HttpResponse<String> reply = luma.send(luma.to(path).method(method, BodyPublishers.noBody()));
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(luma.json(reply).get("detail").isTextual()).isTrue();
        assertThat(header(reply, "X-API-Version")).contains("2026-04-01");
        assertThat(header(reply, "X-Request-Id")).isPresent();
    }

    @Test
    void theGroundTruthAndTheWireLogAreServedWithoutKeys() throws IOException {
        start(SandboxOptions.builder());
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        luma.submit("{");
        luma.poll(id);

        URI ledgerUrl = URI.create("http://127.0.0.1:" + sandbox.apiPort() + "/sandbox/ledger");
        JsonNode ledger = luma.json(luma.send(HttpRequest.newBuilder(ledgerUrl)));
        assertThat(ledger.get("posts").asInt()).isEqualTo(2);
        assertThat(ledger.get("polls").asInt()).isEqualTo(1);
        assertThat(ledger.get("leakedAuthorization").asInt()).isZero();
        JsonNode paid = ledger.at("/generations/0");
        assertThat(paid.get("id").asText()).isEqualTo(id);
        assertThat(paid.get("account").asText()).isEqualTo("default");
        assertThat(paid.get("provider").asText()).isEqualTo("luma");
        assertThat(paid.get("priceMicros").asLong()).isEqualTo(60_000);
        assertThat(paid.get("charged").asBoolean()).isTrue();
        assertThat(paid.at("/body/video/resolution").asText()).isEqualTo("360p");

        HttpResponse<String> requests = luma.send(HttpRequest.newBuilder(ledgerUrl.resolve("/sandbox/requests")));
        assertThat(requests.body()).doesNotContain(LumaCaller.KEY);
        assertThat(luma.json(requests)).hasSize(3);
        assertThat(luma.json(requests).at("/0/body").asText()).isEqualTo(LumaCaller.TEXT_TO_VIDEO);
    }

    @ParameterizedTest
    @CsvSource({
        "video, 360p, 5s, false, false, 0.06",
        "video, 540p, 5s, false, false, 0.15",
        "video, 720p, 5s, false, false, 0.30",
        "video, 1080p, 5s, false, false, 1.20",
        "video, 360p, 10s, false, false, 0.18",
        "video, 1080p, 10s, false, false, 3.60",
        "video, 720p, 5s, true, false, 0.60",
        "video, 1080p, 5s, true, true, 3.60",
        "video_edit, 720p, , false, false, 1.08",
        "video_edit, 1080p, , true, true, 6.48",
        "video_reframe, 720p, , false, false, 0.60"
    })
    void everyGenerationIsChargedByTheGrid(
            String type, String resolution, String duration, boolean hdr, boolean exr, String dollars)
            throws IOException {
        start(SandboxOptions.builder().checkMedia(false));
        String source = type.equals("video")
                ? ""
                : ",\"source\":{\"url\":\"https://cdn.example.com/a.mp4\",\"media_type\":\"video/mp4\"}";
        String length = duration == null ? "" : ",\"duration\":\"" + duration + "\"";
        luma.accepted(
                """
                {"model":"ray-3.2","type":"%s","prompt":"p","aspect_ratio":"16:9"%s,
                 "video":{"resolution":"%s","hdr":%s,"exr_export":%s%s}}"""
                        .formatted(type, source, resolution, hdr, exr, length));
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars(dollars));
    }

    @Test
    void inlineMediaAreNotKeptInTheLedgerButTellRequestsApart() throws IOException {
        start(SandboxOptions.builder().checkMedia(false));
        String body =
                """
                {"model":"ray-3.2","type":"video","prompt":"p",
                 "video":{"start_frame":{"data":"%s","media_type":"image/png"}}}""";
        luma.accepted(body.formatted("AAAA".repeat(10_000)));
        luma.accepted(body.formatted("BBBB".repeat(10_000)));
        List<SandboxLedger.Generation> paid = sandbox.ledger().generations();
        assertThat(paid.get(0).body().at("/video/start_frame/data").asText()).isEqualTo("(40000 characters)");
        assertThat(paid.get(0).requestHash()).isNotEqualTo(paid.get(1).requestHash());
    }

    @Test
    void aChainTakesLengthAndRatioFromItsParent() throws IOException {
        start(SandboxOptions.builder());
        String parent =
                luma.accepted(LumaCaller.TEXT_TO_VIDEO.replace("5s", "10s").replace("16:9", "9:16"));
        String edit =
                """
                {"model":"ray-3.2","type":"video_edit","prompt":"at night","source":{"generation_id":"%s"},
                 "video":{"resolution":"360p","edit":{"auto_controls":true}}}"""
                        .formatted(parent);
        assertThat(luma.submit(edit).statusCode()).as("parent is not completed").isEqualTo(400);
        clock.advance(Duration.ofMinutes(2));
        String child = luma.accepted(edit);
        clock.advance(Duration.ofMinutes(5));
        assertThat(sandbox.ledger().generations().get(1).price()).isEqualTo(Money.dollars("1.08"));
        Clip clip = Clip.read(luma.download(luma.outputUrl(child)).body());
        assertThat(List.of(clip.width(), clip.height(), clip.frames())).containsExactly(360, 640, 241);
    }

    private HttpResponse<String> submitAs(String authorization) throws IOException {
        return luma.send(HttpRequest.newBuilder(URI.create(sandbox.lumaBaseUrl() + "/generations"))
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofString(LumaCaller.TEXT_TO_VIDEO)));
    }

    private HttpResponse<String> pollAs(String key, String id) throws IOException {
        return luma.send(HttpRequest.newBuilder(URI.create(sandbox.lumaBaseUrl() + "/generations/" + id))
                .header("Authorization", "Bearer " + key));
    }

    private String state(String id) throws IOException {
        return luma.json(luma.poll(id)).get("state").asText();
    }

    private static Optional<String> header(HttpResponse<?> reply, String name) {
        return reply.headers().firstValue(name);
    }
}
