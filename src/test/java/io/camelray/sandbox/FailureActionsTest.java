package io.camelray.sandbox;

import static io.camelray.sandbox.FailureStage.DOWNLOAD;
import static io.camelray.sandbox.FailureStage.JOB;
import static io.camelray.sandbox.FailureStage.POLL;
import static io.camelray.sandbox.FailureStage.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureActionsTest {

    private static final String HDR_WITH_EXR =
            """
            {"model":"ray-3.2","type":"video","prompt":"p",
             "video":{"resolution":"720p","hdr":true,"exr_export":true}}""";

    private final FakeClock clock = new FakeClock();
    private Sandbox sandbox;
    private LumaCaller luma;

    private void start(FailureRule... rules) {
        sandbox = Sandbox.start(SandboxOptions.builder()
                .clock(clock)
                .seed(3)
                .failures(FailurePlan.of(rules))
                .build());
        luma = new LumaCaller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING_KEY, 401, Missing or invalid API key",
        "INVALID_KEY, 401, Invalid API key",
        "REVOKED_KEY, 401, API key has been revoked",
        "EXPIRED_KEY, 401, API key has expired",
        "NO_CREDITS, 402, Insufficient credits",
        "SUSPENDED, 403, API client is suspended",
        "DEACTIVATED, 403, API client is deactivated",
        "TOO_LARGE, 413, Image exceeds 50 MB size limit",
        "BAD_MEDIA, 422, video.start_frame: failed to fetch URL (HTTP 404)",
        "BAD_SHAPE, 422, needs at least one item",
        "RATE_LIMITED, 429, Rate limit exceeded",
        "TOO_MANY_JOBS, 429, Too many concurrent jobs",
        "BARE_429, 429, Rate limit exceeded",
        "ERROR_500, 500, Internal server error",
        "BAD_GATEWAY_JSON, 502, Upstream service unavailable",
        "BAD_GATEWAY_HTML, 502, <html>",
        "UNAVAILABLE, 503, Image URL ingestion unavailable",
        "GATEWAY_TIMEOUT, 504, upstream request timeout",
        "EMPTY_ERROR, 500, ''",
        "DETAIL_MISSING, 400, bad request",
        "DETAIL_OBJECT, 400, bad_request",
        "DETAIL_NUMBER, 400, 17",
        "REDIRECT, 307, ''"
    })
    void aRefusedSubmissionIsNeitherAcceptedNorCharged(FailureAction action, int status, String text)
            throws IOException {
        start(FailureRule.on(SUBMIT, action));
        HttpResponse<String> refused = luma.submit(LumaCaller.TEXT_TO_VIDEO);
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).contains(text);
        assertThat(refused.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(sandbox.ledger().generations()).isEmpty();
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).statusCode()).isEqualTo(201);
    }

    @Test
    void aBare429SaysNothingAboutWaiting() throws IOException {
        start(FailureRule.on(SUBMIT, FailureAction.BARE_429));
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).headers().map().keySet())
                .noneMatch(name -> name.startsWith("retry") || name.startsWith("x-ratelimit"));
    }

    @Test
    void aConnectionResetBeforeAcceptanceLeavesNoJob() {
        start(FailureRule.on(SUBMIT, FailureAction.RESET_BEFORE_ACCEPT));
        assertThatThrownBy(() -> luma.submit(LumaCaller.TEXT_TO_VIDEO)).isInstanceOf(IOException.class);
        assertThat(sandbox.ledger().posts()).isEqualTo(1);
        assertThat(sandbox.ledger().generations()).isEmpty();
    }

    @Test
    void aConnectionResetAfterAcceptanceLeavesOnePaidJob() {
        start(FailureRule.on(SUBMIT, FailureAction.RESET_AFTER_ACCEPT));
        assertThatThrownBy(() -> luma.submit(LumaCaller.TEXT_TO_VIDEO)).isInstanceOf(IOException.class);
        assertThat(sandbox.ledger().posts()).isEqualTo(1);
        assertThat(sandbox.ledger().generations()).singleElement().matches(SandboxLedger.Generation::isCharged);
    }

    @Test
    void aReplyThatComesTooLateLeavesOnePaidJob() {
        start(FailureRule.on(SUBMIT, FailureAction.DELAY_REPLY).delay(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> luma.send(luma.to("/generations")
                        .timeout(Duration.ofMillis(500))
                        .POST(BodyPublishers.ofString(LumaCaller.TEXT_TO_VIDEO))))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(sandbox.ledger().generations()).hasSize(1);
    }

    @Test
    void aDelayedReplyIsTheRealOne() throws IOException {
        start(FailureRule.on(SUBMIT, FailureAction.DELAY_REPLY).delay(Duration.ofMillis(200)));
        Instant before = Instant.now();
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).statusCode()).isEqualTo(201);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY_BODY, 201",
        "TRUNCATED_JSON, 201",
        "ERROR_500_AFTER_ACCEPT, 500",
        "GATEWAY_TIMEOUT_AFTER_ACCEPT, 504"
    })
    void aSpoiltReplyHidesTheIdOfAPaidJob(FailureAction action, int status) throws IOException {
        start(FailureRule.on(SUBMIT, action));
        HttpResponse<String> reply = luma.submit(LumaCaller.TEXT_TO_VIDEO);
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(idIn(reply.body())).isNull();
        assertThat(sandbox.ledger().generations()).hasSize(1);
    }

    @Test
    void aWrongContentTypeLeavesTheBodyAsItIs() throws IOException {
        start(FailureRule.on(SUBMIT, FailureAction.WRONG_CONTENT_TYPE));
        HttpResponse<String> reply = luma.submit(LumaCaller.TEXT_TO_VIDEO);
        assertThat(reply.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(idIn(reply.body()))
                .isEqualTo(sandbox.ledger().generations().get(0).id());
    }

    @Test
    void aSpoiltReplyWaitsForASubmissionThatIsAccepted() throws IOException {
        start(FailureRule.on(SUBMIT, FailureAction.EMPTY_BODY));
        assertThat(luma.submit("{}").statusCode()).isEqualTo(422);
        assertThat(luma.submit(LumaCaller.TEXT_TO_VIDEO).body()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureAction.class,
            names = {
                "NOT_FOUND",
                "BARE_429",
                "ERROR_500",
                "BAD_GATEWAY_JSON",
                "BAD_GATEWAY_HTML",
                "UNAVAILABLE",
                "GATEWAY_TIMEOUT",
                "EMPTY_ERROR",
                "EMPTY_BODY",
                "TRUNCATED_JSON",
                "DETAIL_MISSING",
                "REDIRECT"
            })
    void aFailedPollIsFollowedByAGoodOne(FailureAction action) throws IOException {
        start(FailureRule.on(POLL, action));
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        assertThat(idIn(luma.poll(id).body())).isNull();
        assertThat(idIn(luma.poll(id).body())).isEqualTo(id);
    }

    @Test
    void aPollMayFindTheConnectionReset() throws IOException {
        start(FailureRule.on(POLL, FailureAction.RESET).always());
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        assertThatThrownBy(() -> luma.poll(id)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "CONTENT_MODERATED, content_moderated, 0",
                "GENERATION_FAILED, generation_failed, 0",
                "BUDGET_EXHAUSTED, budget_exhausted, 0.03",
                "OUTPUT_NOT_FOUND, output_not_found, 0",
                "IMAGE_TOO_LARGE, image_too_large, 0",
                "UNSUPPORTED_FORMAT, unsupported_format, 0",
                "CORRUPT_INPUT, corrupt_input, 0",
                "INVALID_REQUEST, invalid_request, 0",
                "UPSTREAM_RATE_LIMITED, rate_limited, 0",
                "NULL_CODE, null, 0",
                "UNKNOWN_CODE, gremlins, 0"
            },
            nullValues = "null")
    void aFailedJobSaysWhyAndIsRefunded(FailureAction action, String code, String charged) throws IOException {
        start(FailureRule.on(JOB, action));
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars("0.06"));
        clock.advance(Duration.ofMinutes(5));
        JsonNode job = luma.json(luma.poll(id));
        assertThat(job.get("state").asText()).isEqualTo("failed");
        assertThat(job.get("failure_code").textValue()).isEqualTo(code);
        assertThat(job.get("failure_reason").asText()).isNotEmpty();
        assertThat(job.get("output")).isEmpty();
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars(charged));
    }

    @ParameterizedTest
    @CsvSource({"STUCK_QUEUED, queued", "STUCK_PROCESSING, processing"})
    void aStuckJobNeverEnds(FailureAction action, String state) throws IOException {
        start(FailureRule.on(JOB, action));
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        clock.advance(Duration.ofDays(3));
        assertThat(luma.json(luma.poll(id)).get("state").asText()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY_OUTPUT, ray-3.2, ''",
        "UNKNOWN_OUTPUT_TYPE, ray-3.2, 'hologram exr'",
        "EXR_MISSING, ray-3.2, video",
        "EXR_FIRST, ray-3.2, 'exr video'",
        "EXR_ZIP, ray-3.2, 'video exr'",
        "MODEL_ECHO, ray-3, 'video exr'"
    })
    void aCompletedJobMayBeDescribedOddly(FailureAction action, String model, String types) throws IOException {
        start(FailureRule.on(JOB, action));
        String id = luma.accepted(HDR_WITH_EXR);
        clock.advance(Duration.ofMinutes(10));
        JsonNode job = luma.json(luma.poll(id));
        assertThat(job.get("state").asText()).isEqualTo("completed");
        assertThat(job.get("model").asText()).isEqualTo(model);
        assertThat(String.join(" ", job.get("output").findValuesAsText("type"))).isEqualTo(types);
    }

    @Test
    void anExrMayComeAsAPackage() throws IOException {
        start(FailureRule.on(JOB, FailureAction.EXR_ZIP));
        String id = luma.accepted(HDR_WITH_EXR);
        clock.advance(Duration.ofMinutes(10));
        String url = luma.json(luma.poll(id)).at("/output/1/url").asText();
        HttpResponse<byte[]> reply = luma.download(URI.create(url));
        assertThat(url).contains(".zip?");
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/zip");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(reply.body()))) {
            assertThat(zip.getNextEntry().getName()).endsWith(".exr");
            assertThat(zip.readNBytes(4)).containsExactly(0x76, 0x2f, 0x31, 0x01);
        }
    }

    @Test
    void theFirstTryOfEachRequestFailsAndTheSecondSucceeds() throws IOException {
        start(FailureRule.on(JOB, FailureAction.FAIL_FIRST_TRY).always());
        String other = LumaCaller.TEXT_TO_VIDEO.replace("amber", "green");
        String first = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        String otherFirst = luma.accepted(other);
        String second = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        clock.advance(Duration.ofMinutes(5));
        assertThat(luma.json(luma.poll(first)).get("failure_code").asText()).isEqualTo("generation_failed");
        assertThat(luma.json(luma.poll(otherFirst)).get("state").asText()).isEqualTo("failed");
        assertThat(luma.json(luma.poll(second)).get("state").asText()).isEqualTo("completed");
    }

    @Test
    void theFirstUrlMayBeExpiredForGoodAndTheNextOneWorks() throws IOException {
        String id = completeWith(FailureRule.on(DOWNLOAD, FailureAction.EXPIRED_FIRST_URL));
        URI first = luma.outputUrl(id);
        assertThat(luma.download(first).statusCode()).isEqualTo(403);
        assertThat(luma.download(first).statusCode()).isEqualTo(403);
        assertThat(luma.download(luma.outputUrl(id)).statusCode()).isEqualTo(200);
    }

    @Test
    void aDownloadMayBreakOffBeforeItsStatedLength() throws IOException {
        String id = completeWith(FailureRule.on(DOWNLOAD, FailureAction.TRUNCATED_WITH_LENGTH));
        URI url = luma.outputUrl(id);
        assertThatThrownBy(() -> luma.download(url)).isInstanceOf(IOException.class);
        assertThat(luma.download(url).statusCode()).isEqualTo(200);
    }

    @Test
    void aDownloadWithoutALengthMayEndEarlyAndLookComplete() throws IOException {
        String id = completeWith(FailureRule.on(DOWNLOAD, FailureAction.TRUNCATED_WITHOUT_LENGTH));
        HttpResponse<byte[]> cut = luma.download(luma.outputUrl(id));
        byte[] whole = luma.download(luma.outputUrl(id)).body();
        assertThat(cut.statusCode()).isEqualTo(200);
        assertThat(cut.headers().firstValue("Content-Length")).isEmpty();
        assertThat(cut.body()).isEqualTo(Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void aDownloadMayBeEmpty() throws IOException {
        String id = completeWith(FailureRule.on(DOWNLOAD, FailureAction.ZERO_BYTES));
        HttpResponse<byte[]> reply = luma.download(luma.outputUrl(id));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void aDownloadMayBeAPageInstead() throws IOException {
        String id = completeWith(FailureRule.on(DOWNLOAD, FailureAction.HTML_WITH_200));
        HttpResponse<byte[]> reply = luma.download(luma.outputUrl(id));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).startsWith("<html>");
    }

    @Test
    void aDownloadMayTrickleAndIsWholeInTheEnd() throws IOException {
        String id = completeWith(
                FailureRule.on(DOWNLOAD, FailureAction.SLOW_TRICKLE).delay(Duration.ofMillis(20)));
        Instant before = Instant.now();
        byte[] slow = luma.download(luma.outputUrl(id)).body();
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(140));
        assertThat(slow).isEqualTo(luma.download(luma.outputUrl(id)).body());
    }

    @Test
    void storageMayBeBusyForAMoment() throws IOException {
        String id = completeWith(FailureRule.on(DOWNLOAD, FailureAction.UNAVAILABLE));
        URI url = luma.outputUrl(id);
        assertThat(luma.download(url).statusCode()).isEqualTo(503);
        assertThat(luma.download(url).statusCode()).isEqualTo(200);
    }

    @Test
    void aRangeMayBeIgnored() throws IOException {
        String id = completeWith(FailureRule.on(DOWNLOAD, FailureAction.RANGE_IGNORED));
        URI url = luma.outputUrl(id);
        HttpResponse<byte[]> whole = luma.download(url, "Range", "bytes=10-19");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(luma.download(url, "Range", "bytes=10-19").body())
                .isEqualTo(Arrays.copyOfRange(whole.body(), 10, 20));
    }

    @Test
    void anHdrClipMayBeDeliveredAsSdr() throws IOException {
        start(FailureRule.on(JOB, FailureAction.HDR_AS_SDR));
        String poor = luma.accepted(HDR_WITH_EXR);
        String good = luma.accepted(HDR_WITH_EXR);
        clock.advance(Duration.ofMinutes(10));
        assertThat(transfer(poor)).as("BT.709").isEqualTo(1);
        assertThat(transfer(good)).as("PQ").isEqualTo(16);
        assertThat(sandbox.ledger().generations()).allMatch(SandboxLedger.Generation::isCharged);
    }

    @Test
    void aSourceMayBeIgnored() throws IOException {
        start(FailureRule.on(JOB, FailureAction.SOURCE_IGNORED)
                .matching(new FailureRule.Match(
                        Optional.empty(), Optional.empty(), Optional.of("video_edit"), Optional.empty(), 1, 1)));
        String source = luma.accepted(LumaCaller.TEXT_TO_VIDEO.replace("16:9", "9:16"));
        clock.advance(Duration.ofMinutes(5));
        String edit =
                """
                {"model":"ray-3.2","type":"video_edit","prompt":"p","source":{"generation_id":"%s"},
                 "video":{"resolution":"360p"}}"""
                        .formatted(source);
        String ignored = luma.accepted(edit);
        String followed = luma.accepted(edit);
        clock.advance(Duration.ofMinutes(5));
        assertThat(Clip.read(luma.download(luma.outputUrl(ignored)).body()).width())
                .isEqualTo(640);
        assertThat(Clip.read(luma.download(luma.outputUrl(followed)).body()).width())
                .isEqualTo(360);
    }

    @Test
    void theHeadersOfADownloadMayBeLate() throws IOException {
        String id = completeWith(
                FailureRule.on(DOWNLOAD, FailureAction.SLOW_HEADERS).delay(Duration.ofMillis(200)));
        Instant before = Instant.now();
        assertThat(luma.download(luma.outputUrl(id)).statusCode()).isEqualTo(200);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aBodyMayComeInPieces() throws IOException {
        start(FailureRule.on(POLL, FailureAction.SLOW_BODY).delay(Duration.ofMillis(50)));
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        Instant before = Instant.now();
        assertThat(idIn(luma.poll(id).body())).isEqualTo(id);
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    /** The transfer function in the clip's colour box. */
    private int transfer(String id) throws IOException {
        byte[] clip = luma.download(luma.outputUrl(id)).body();
        int box = new String(clip, StandardCharsets.ISO_8859_1).indexOf("colrnclx");
        return clip[box + 10] << 8 | clip[box + 11];
    }

    private String completeWith(FailureRule rule) throws IOException {
        start(rule);
        String id = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        clock.advance(Duration.ofMinutes(5));
        return id;
    }

    /** The id in a JSON body, or null when there is none to be had. */
    private static String idIn(String body) {
        try {
            return new ObjectMapper().readTree(body).path("id").textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
