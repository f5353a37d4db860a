package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GmiConversationTest {

    private static final String TEXT_TO_VIDEO =
            "{'model':'luma-ray-3-2-generate','payload':{'prompt':'An amber bottle','resolution':'540p'}}";

    private final FakeClock clock = new FakeClock();
    private Sandbox sandbox;
    private JsonCaller gmi;

    private void start(SandboxOptions.Builder options) {
        sandbox = Sandbox.start(options.clock(clock).seed(5).build());
        gmi = JsonCaller.gmi(sandbox);
    }

    private void start(FailureRule... rules) {
        start(SandboxOptions.builder().failures(FailurePlan.of(rules)));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aSubmissionIsAnsweredWithItsRequestIdAndItsTimes() throws IOException {
        start();
        JsonCaller.Result reply = gmi.post("/requests", TEXT_TO_VIDEO);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("/request_id")).matches("[0-9a-f-]{36}");
        assertThat(reply.text("/model")).isEqualTo("luma-ray-3-2-generate");
        assertThat(reply.text("/status")).isEqualTo("queued");
        assertThat(reply.json().get("created_at").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(reply.json().has("outcome")).isFalse();
        assertThat(reply.reply().headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @Test
    void twoIdenticalSubmissionsAreTwoJobsAndTwoCharges() throws IOException {
        start();
        assertThat(submit(TEXT_TO_VIDEO)).isNotEqualTo(submit(TEXT_TO_VIDEO));
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars("0.30"));
        assertThat(sandbox.ledger().generations())
                .allMatch(paid -> paid.provider().equals("gmi"));
    }

    @Test
    void aRequestGoesFromQueuedOverProcessingToSuccess() throws IOException {
        start();
        String id = submit(TEXT_TO_VIDEO);
        assertThat(poll(id).text("/status")).isEqualTo("queued");
        assertThat(poll(id).json().get("outcome").isNull()).isTrue();
        clock.advance(Duration.ofSeconds(5));
        assertThat(poll(id).text("/status")).isEqualTo("processing");
        clock.advance(Duration.ofMinutes(1));
        JsonCaller.Result done = poll(id);
        assertThat(done.text("/status")).isEqualTo("success");
        assertThat(done.text("/payload/prompt")).isEqualTo("An amber bottle");
        assertThat(done.text("/request_id")).isEqualTo(id);
        assertThat(done.text("/outcome/generation_id")).matches("[0-9a-f-]{36}").isNotEqualTo(id);
        assertThat(done.json().get("updated_at").asLong())
                .isGreaterThan(done.json().get("created_at").asLong());
    }

    @Test
    void theStatesBetweenAreShownWhenAskedFor() throws IOException {
        start(SandboxOptions.builder().speed(0.001).gmi(GmiSettings.standard().showingAllStates()));
        String id = submit(TEXT_TO_VIDEO);
        assertThat(poll(id).text("/status")).isEqualTo("created");
        List<String> seen = new ArrayList<>();
        while (!seen.contains("processing")) {
            clock.advance(Duration.ofSeconds(50));
            String status = poll(id).text("/status");
            if (!seen.contains(status)) {
                seen.add(status);
            }
        }
        assertThat(seen).containsSubsequence("created", "queued", "dispatched", "processing");
    }

    @Test
    void theOutcomeLeadsToAClipAndAThumbnail() throws IOException {
        start();
        JsonNode outcome = succeeded(submit(TEXT_TO_VIDEO)).get("outcome");
        HttpResponse<byte[]> clip = gmi.download(outcome.get("video_url").asText());
        assertThat(Clip.read(clip.body()).frames()).isEqualTo(121);
        assertThat(Clip.read(clip.body()).width()).isEqualTo(960);
        HttpResponse<byte[]> still =
                gmi.download(outcome.get("thumbnail_image_url").asText());
        assertThat(still.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(still.body())).getWidth())
                .isEqualTo(160);
    }

    @ParameterizedTest
    @CsvSource({"400", "403"})
    void aUrlWorksUntilTheLastSecondOfItsStatedLifeAndANewPollRepairsIt(int status) throws IOException {
        start(SandboxOptions.builder().gmi(GmiSettings.standard().withExpiredStatus(status)));
        String id = submit(TEXT_TO_VIDEO);
        String url = succeeded(id).at("/outcome/video_url").asText();
        assertThat(url).contains("X-Goog-Expires=3600", "X-Goog-Signature=", "X-Goog-Date=");
        clock.advance(Duration.ofSeconds(3599));
        assertThat(gmi.download(url).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<byte[]> expired = gmi.download(url);
        assertThat(expired.statusCode()).isEqualTo(status);
        assertThat(new String(expired.body(), StandardCharsets.UTF_8)).contains("ExpiredToken");
        String minted = poll(id).text("/outcome/video_url");
        assertThat(minted).isNotEqualTo(url);
        assertThat(gmi.download(minted).statusCode()).isEqualTo(200);
        assertThat(gmi.download(minted.replace("X-Goog-Expires=3600", "X-Goog-Expires=7200"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRequestIsPolledByItsRequestIdAndChainedByItsGenerationId() throws IOException {
        start();
        String id = submit(TEXT_TO_VIDEO);
        String generation = succeeded(id).at("/outcome/generation_id").asText();
        assertThat(gmi.get("/requests/" + generation).status()).isEqualTo(404);
        String extend = "{'model':'luma-ray-3-2-generate','payload':{'prompt':'on','start_frame_generation_id':'%s'}}";
        assertThat(gmi.post("/requests", extend.formatted(id)).status()).isEqualTo(400);
        String extended = submit(extend.formatted(generation));
        String url = succeeded(extended).at("/outcome/video_url").asText();
        assertThat(Clip.read(gmi.download(url).body()).frames()).as("one block").isEqualTo(121);
    }

    @Test
    void anEditFollowsRatioAndLengthOfItsSourceAndAReframeItsLength() throws IOException {
        start();
        String source = submit("{'model':'luma-ray-3-2-generate','payload':"
                + "{'prompt':'p','resolution':'540p','aspect_ratio':'9:16','duration':'10s'}}");
        String generation = succeeded(source).at("/outcome/generation_id").asText();
        String edit = submit(("{'model':'luma-ray-3-2-edit','payload':{'prompt':'p','resolution':'540p',"
                        + "'source_generation_id':'%s','edit_auto_controls':true}}")
                .formatted(generation));
        String reframe = submit(("{'model':'luma-ray-3-2-reframe','payload':{'prompt':'p','resolution':'540p',"
                        + "'source_generation_id':'%s','aspect_ratio':'1:1'}}")
                .formatted(generation));
        Clip edited = clip(edit);
        Clip reframed = clip(reframe);
        assertThat(List.of(edited.width(), edited.height(), edited.frames())).containsExactly(540, 960, 241);
        assertThat(reframed.width()).isEqualTo(reframed.height());
        assertThat(reframed.frames()).isEqualTo(241);
        assertThat(sandbox.ledger().generations().stream().map(SandboxLedger.Generation::price))
                .containsExactly(Money.dollars("0.30"), Money.dollars("1.44"), Money.dollars("0.60"));
    }

    @ParameterizedTest
    @CsvSource({
        "generate, 540p, 5s, false, false, 0.15",
        "generate, 720p, 5s, false, false, 0.30",
        "generate, 1080p, 5s, false, false, 1.20",
        "generate, 540p, 10s, false, false, 0.30",
        "generate, 720p, 10s, false, false, 0.60",
        "generate, 1080p, 10s, false, false, 2.40",
        "generate, 720p, 5s, true, false, 1.20",
        "generate, 1080p, 5s, true, false, 4.80",
        "generate, 720p, 5s, true, true, 2.10",
        "generate, 1080p, 5s, true, true, 8.40",
        "edit, 540p, , false, false, 0.72",
        "edit, 720p, , false, false, 1.08",
        "edit, 1080p, , false, false, 2.16",
        "edit, 720p, , true, false, 2.16",
        "edit, 1080p, , true, false, 4.32",
        "edit, 720p, , true, true, 3.78",
        "edit, 1080p, , true, true, 7.56"
    })
    void everyRequestIsChargedByTheGrid(
            String model, String resolution, String duration, boolean hdr, boolean exr, String dollars)
            throws IOException {
        start(SandboxOptions.builder().checkMedia(false));
        String more = duration == null
                ? "'source_data':'AAAA','source_media_type':'video/mp4'"
                : "'duration':'" + duration + "'";
        submit("{'model':'luma-ray-3-2-%s','payload':{'prompt':'p','resolution':'%s','hdr':%s,'exr_export':%s,%s}}"
                .formatted(model, resolution, hdr, exr, more));
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars(dollars));
    }

    @Test
    void theListShowsTheNewestFirstOfOneModel() throws IOException {
        start();
        String first = submit(TEXT_TO_VIDEO);
        String second = submit(TEXT_TO_VIDEO);
        clock.advance(Duration.ofMinutes(2));
        String generation = poll(first).text("/outcome/generation_id");
        submit("{'model':'luma-ray-3-2-edit','payload':{'prompt':'p','source_generation_id':'" + generation + "'}}");
        JsonCaller.Result page = gmi.get("/requests?model_id=luma-ray-3-2-generate&page_size=1");
        assertThat(page.json().get("total").asInt()).isEqualTo(2);
        assertThat(page.json().get("requests").findValuesAsText("request_id")).containsExactly(second);
        JsonCaller.Result all = gmi.get("/requests");
        assertThat(all.json().get("requests")).hasSize(3);
        assertThat(all.text("/requests/2/request_id")).isEqualTo(first);
        assertThat(all.text("/requests/2/payload/prompt")).isEqualTo("An amber bottle");
        assertThat(gmi.get("/requests?page_size=many").status()).isEqualTo(400);
    }

    @Test
    void thereIsNoWayToCancel() throws IOException {
        start();
        String id = submit(TEXT_TO_VIDEO);
        assertThat(gmi.post("/requests/" + id + "/cancel", "{}").status()).isBetween(404, 405);
        assertThat(gmi.delete("/requests/" + id).status()).isEqualTo(405);
        assertThat(succeeded(id).get("status").asText()).isEqualTo("success");
    }

    @Test
    void keysAreCheckedAndStrangersSeeNothing() throws IOException {
        start(SandboxOptions.builder()
                .accounts(SandboxAccount.of("main", "gmi-key"), SandboxAccount.of("other", "other-key")));
        String id = submit(TEXT_TO_VIDEO);
        JsonCaller.Result unknown = gmi.as("wrong").get("/requests/" + id);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text("/error")).isEqualTo("Invalid API key");
        assertThat(gmi.as("other-key").get("/requests/" + id).status()).isEqualTo(404);
        assertThat(gmi.as("other-key").get("/requests").json().get("total").asInt())
                .isZero();
        assertThat(gmi.get("/requests/" + id).status()).isEqualTo(200);
    }

    @Test
    void theModelsAreListed() throws IOException {
        start();
        assertThat(gmi.get("/models").json().get("model_ids")).hasSize(3);
    }

    @Test
    void theHourlyQuotaIsRefusedWithoutHeadersUntilAnHourHasPassed() throws IOException {
        start(SandboxOptions.builder().gmi(GmiSettings.standard().withRequestsPerHour(1)));
        submit(TEXT_TO_VIDEO);
        JsonCaller.Result refused = gmi.post("/requests", TEXT_TO_VIDEO);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.reply().headers().firstValue("Retry-After")).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(gmi.post("/requests", TEXT_TO_VIDEO).status()).isEqualTo(200);
    }

    @Test
    void anEmptyBalanceIsRefused() throws IOException {
        start(SandboxOptions.builder()
                .accounts(SandboxAccount.of("main", "gmi-key").withBalance(Money.dollars("0.20"))));
        submit(TEXT_TO_VIDEO);
        assertThat(gmi.post("/requests", TEXT_TO_VIDEO).status()).isEqualTo(402);
        assertThat(sandbox.ledger().generations()).hasSize(1);
    }

    @Test
    void aBrokenRuleMayShowOnlyInTheOutcomeAndCostsNothing() throws IOException {
        start(SandboxOptions.builder().gmi(GmiSettings.standard().failingLater()));
        String id = submit("{'model':'luma-ray-3-2-generate','payload':{'prompt':'p','resolution':'4k'}}");
        assertThat(gmi.post("/requests", "{'model':'ray','payload':{'prompt':'p'}}")
                        .status())
                .isEqualTo(400);
        clock.advance(Duration.ofMinutes(10));
        assertThat(poll(id).text("/status")).isEqualTo("failed");
        assertThat(poll(id).text("/outcome/error")).contains("resolution must be one of");
        assertThat(sandbox.ledger().total()).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "CONTENT_MODERATED, moderation",
        "GENERATION_FAILED, Generation failed",
        "OUTPUT_NOT_FOUND, output not found",
        "NULL_CODE, Generation failed"
    })
    void aFailedRequestSaysWhyInItsOutcome(FailureAction action, String text) throws IOException {
        start(FailureRule.on(FailureStage.JOB, action));
        String id = submit(TEXT_TO_VIDEO);
        clock.advance(Duration.ofMinutes(2));
        assertThat(poll(id).text("/status")).isEqualTo("failed");
        assertThat(poll(id).text("/outcome/error")).contains(text);
        assertThat(poll(id).json().get("outcome").has("video_url")).isFalse();
    }

    @Test
    void aRequestMayBeCancelledByTheProvider() throws IOException {
        start(FailureRule.on(FailureStage.JOB, FailureAction.CANCELLED));
        String id = submit(TEXT_TO_VIDEO);
        clock.advance(Duration.ofMinutes(2));
        assertThat(poll(id).text("/status")).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY_OUTPUT, ''",
        "UNKNOWN_OUTPUT_TYPE, hologram_url generation_id thumbnail_image_url exr_url",
        "EXR_MISSING, video_url generation_id thumbnail_image_url",
        "EXR_FIRST, exr_url video_url generation_id thumbnail_image_url",
        "THUMBNAIL_MISSING, video_url generation_id exr_url"
    })
    void anOutcomeMayBeOdd(FailureAction action, String names) throws IOException {
        start(FailureRule.on(FailureStage.JOB, action));
        String id = submit("{'model':'luma-ray-3-2-generate','payload':{'prompt':'p','hdr':true,'exr_export':true}}");
        List<String> found = new ArrayList<>();
        succeeded(id).get("outcome").fieldNames().forEachRemaining(found::add);
        assertThat(String.join(" ", found)).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_KEY, 401, Invalid API key",
        "NO_CREDITS, 402, Insufficient credits",
        "BAD_MEDIA, 422, failed to fetch URL",
        "RATE_LIMITED, 429, Rate limit exceeded",
        "BAD_GATEWAY_JSON, 502, Upstream service unavailable"
    })
    void anInjectedErrorHasTheProvidersForm(FailureAction action, int status, String text) throws IOException {
        start(FailureRule.on(FailureStage.SUBMIT, action).matching(FailureRule.Match.provider("gmi")));
        JsonCaller.Result refused = gmi.post("/requests", TEXT_TO_VIDEO);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("/error")).contains(text);
        assertThat(sandbox.ledger().generations()).isEmpty();
        assertThat(gmi.post("/requests", TEXT_TO_VIDEO).status()).isEqualTo(200);
    }

    @Test
    void aRuleForOneProviderLeavesTheOthersAlone() throws IOException {
        start(FailureRule.on(FailureStage.SUBMIT, FailureAction.ERROR_500)
                .matching(FailureRule.Match.provider("gmi"))
                .always());
        assertThat(new LumaCaller(sandbox).submit(LumaCaller.TEXT_TO_VIDEO).statusCode())
                .isEqualTo(201);
        assertThat(gmi.post("/requests", TEXT_TO_VIDEO).status()).isEqualTo(500);
    }

    @Test
    void aConnectionResetAfterAcceptanceLeavesOnePaidJobThatTheListShows() throws IOException {
        start(FailureRule.on(FailureStage.SUBMIT, FailureAction.RESET_AFTER_ACCEPT));
        assertThatThrownBy(() -> gmi.post("/requests", TEXT_TO_VIDEO)).isInstanceOf(IOException.class);
        assertThat(sandbox.ledger().generations()).hasSize(1);
        assertThat(gmi.get("/requests").text("/requests/0/request_id"))
                .isEqualTo(sandbox.ledger().generations().get(0).id());
    }

    @Test
    void aBodyMayComeInPiecesAndIsWholeInTheEnd() throws IOException {
        start(FailureRule.on(FailureStage.SUBMIT, FailureAction.SLOW_BODY).delay(Duration.ofMillis(50)));
        Instant before = Instant.now();
        assertThat(gmi.post("/requests", TEXT_TO_VIDEO).text("/request_id")).isNotEmpty();
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    private String submit(String body) throws IOException {
        JsonCaller.Result reply = gmi.post("/requests", body);
        assertThat(reply.status()).as(reply.reply().body()).isEqualTo(200);
        return reply.text("/request_id");
    }

    private JsonCaller.Result poll(String id) throws IOException {
        return gmi.get("/requests/" + id);
    }

    private JsonNode succeeded(String id) throws IOException {
        clock.advance(Duration.ofMinutes(20));
        JsonCaller.Result reply = poll(id);
        assertThat(reply.text("/status")).isEqualTo("success");
        return reply.json();
    }

    private Clip clip(String id) throws IOException {
        return Clip.read(
                gmi.download(succeeded(id).at("/outcome/video_url").asText()).body());
    }
}
