package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicateConversationTest {

    private static final String CREATE = ReplicateRulesTest.CREATE;
    private static final String TEXT_TO_VIDEO = "{'input':{'prompt':'An amber bottle','resolution':'540p'}}";
    private static final String HDR_WITH_EXR = "{'input':{'prompt':'p','hdr':true,'exr_export':true}}";

    private final FakeClock clock = new FakeClock();
    private Sandbox sandbox;
    private JsonCaller replicate;

    private void start(SandboxOptions.Builder options) {
        sandbox = Sandbox.start(options.clock(clock).seed(9).build());
        replicate = JsonCaller.replicate(sandbox);
    }

    private void start(FailureRule... rules) {
        start(SandboxOptions.builder().failures(FailurePlan.of(rules)));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aNewPredictionIsStartingAndLinksToItself() throws IOException {
        start();
        JsonCaller.Result reply = replicate.post(CREATE, TEXT_TO_VIDEO);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("/id")).matches("[a-z0-9]{26}");
        assertThat(reply.text("/status")).isEqualTo("starting");
        assertThat(reply.text("/model")).isEqualTo("luma/ray-3.2");
        assertThat(reply.text("/input/prompt")).isEqualTo("An amber bottle");
        assertThat(reply.text("/created_at")).isEqualTo("2026-07-01T08:00:00.000Z");
        assertThat(reply.json().get("output").isNull()).isTrue();
        assertThat(reply.json().get("data_removed").asBoolean()).isFalse();
        assertThat(replicate.get(reply.text("/urls/get")).text("/id")).isEqualTo(reply.text("/id"));
        assertThat(reply.text("/urls/cancel")).isEqualTo(reply.text("/urls/get") + "/cancel");
    }

    @Test
    void twoIdenticalPredictionsAreTwoCharges() throws IOException {
        start();
        assertThat(create(TEXT_TO_VIDEO)).isNotEqualTo(create(TEXT_TO_VIDEO));
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars("0.30"));
        assertThat(sandbox.ledger().generations())
                .allMatch(paid -> paid.provider().equals("replicate"));
    }

    @Test
    void aPredictionGoesFromStartingOverProcessingToSucceeded() throws IOException {
        start();
        String id = create(TEXT_TO_VIDEO);
        clock.advance(Duration.ofSeconds(5));
        JsonCaller.Result running = get(id);
        assertThat(running.text("/status")).isEqualTo("processing");
        assertThat(running.text("/started_at")).startsWith("2026-07-01T08:00:0");
        assertThat(running.json().get("completed_at").isNull()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        JsonCaller.Result done = get(id);
        assertThat(done.text("/status")).isEqualTo("succeeded");
        assertThat(done.json().at("/metrics/predict_time").asDouble()).isBetween(30.0, 50.0);
        assertThat(Clip.read(replicate.download(done.text("/output")).body()).frames())
                .isEqualTo(121);
    }

    @Test
    void outputAndInputAreGoneAnHourAfterTheEndForGood() throws IOException {
        start();
        String id = create(TEXT_TO_VIDEO);
        clock.advance(Duration.ofMinutes(2));
        JsonNode done = get(id).json();
        String url = done.get("output").asText();
        Instant end = Instant.parse(done.get("completed_at").asText());
        clock.advance(Duration.between(clock.instant(), end.plusSeconds(3600)).minusMillis(1));
        assertThat(replicate.download(url).statusCode()).isEqualTo(200);
        assertThat(get(id).text("/output")).as("no new URL").isEqualTo(url);
        clock.advance(Duration.ofMillis(1));
        assertThat(replicate.download(url).statusCode()).isEqualTo(404);
        JsonNode removed = get(id).json();
        assertThat(removed.get("data_removed").asBoolean()).isTrue();
        assertThat(removed.get("output").isNull()).isTrue();
        assertThat(removed.get("input").isNull()).isTrue();
        assertThat(removed.get("logs").asText()).isEmpty();
        assertThat(removed.get("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void anApiKeySentToStorageIsNoticed() throws IOException {
        start();
        String url = succeeded(create(TEXT_TO_VIDEO)).get("output").asText();
        replicate.download(url);
        assertThat(sandbox.ledger().leakedAuthorization()).isZero();
        assertThat(replicate.get(url).status()).isEqualTo(400);
        assertThat(sandbox.ledger().leakedAuthorization()).isEqualTo(1);
    }

    @Test
    void whatIsCanceledBeforeItsStartIsAbortedAndFree() throws IOException {
        start();
        String id = create(TEXT_TO_VIDEO);
        JsonCaller.Result canceled = cancel(id);
        assertThat(canceled.status()).isEqualTo(200);
        assertThat(canceled.text("/status")).isEqualTo("aborted");
        assertThat(canceled.json().get("started_at").isNull()).isTrue();
        assertThat(sandbox.ledger().total()).isEqualTo(Money.ZERO);
        clock.advance(Duration.ofMinutes(10));
        assertThat(get(id).text("/status")).isEqualTo("aborted");
    }

    @Test
    void whatIsCanceledWhileItRunsIsCharged() throws IOException {
        start();
        String id = create(TEXT_TO_VIDEO);
        clock.advance(Duration.ofSeconds(10));
        assertThat(cancel(id).text("/status")).isEqualTo("canceled");
        clock.advance(Duration.ofMinutes(10));
        assertThat(get(id).text("/status")).isEqualTo("canceled");
        assertThat(get(id).json().get("output").isNull()).isTrue();
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars("0.15"));
        assertThat(sandbox.ledger().generations()).hasSize(1);
    }

    @Test
    void cancelingWhatHasEndedChangesNothing() throws IOException {
        start();
        String id = create(TEXT_TO_VIDEO);
        succeeded(id);
        assertThat(cancel(id).status()).isEqualTo(200);
        assertThat(cancel(id).text("/status")).isEqualTo("succeeded");
        assertThat(cancel("unknown").status()).isEqualTo(404);
    }

    @Test
    void aDeadlineIsStatedAndEnforced() throws IOException {
        start();
        String id = replicate.post(CREATE, TEXT_TO_VIDEO, "Cancel-After", "10s").text("/id");
        assertThat(get(id).text("/deadline")).isEqualTo("2026-07-01T08:00:10.000Z");
        clock.advance(Duration.ofMillis(9999));
        assertThat(get(id).text("/status")).isEqualTo("processing");
        clock.advance(Duration.ofMillis(1));
        assertThat(get(id).text("/status")).isEqualTo("canceled");
    }

    @Test
    void aDeadlineThatIsNotReachedHarmsNothing() throws IOException {
        start();
        String id = replicate.post(CREATE, TEXT_TO_VIDEO, "Cancel-After", "5m").text("/id");
        assertThat(succeeded(id).get("deadline").asText()).isEqualTo("2026-07-01T08:05:00.000Z");
    }

    @Test
    void aStuckPredictionIsAbortedAtItsDeadline() throws IOException {
        start(FailureRule.on(FailureStage.JOB, FailureAction.STUCK_QUEUED));
        String id = replicate.post(CREATE, TEXT_TO_VIDEO, "Cancel-After", "1h").text("/id");
        clock.advance(Duration.ofMinutes(59));
        assertThat(get(id).text("/status")).isEqualTo("starting");
        clock.advance(Duration.ofMinutes(1));
        assertThat(get(id).text("/status")).isEqualTo("aborted");
    }

    @Test
    void aCallerWhoWaitsGetsTheFinishedPrediction() throws Exception {
        start();
        CompletableFuture<JsonCaller.Result> reply = waiting("wait=15");
        while (sandbox.ledger().generations().isEmpty()) {
            Thread.onSpinWait();
        }
        clock.advance(Duration.ofMinutes(2));
        assertThat(reply.get().status()).isEqualTo(201);
        assertThat(reply.get().text("/status")).isEqualTo("succeeded");
        assertThat(reply.get().text("/output")).endsWith(".mp4");
    }

    @Test
    void aCallerWhoWaitsInVainIsToldThatItIsStarting() throws Exception {
        start();
        CompletableFuture<JsonCaller.Result> reply = waiting("wait=1");
        while (sandbox.ledger().generations().isEmpty()) {
            Thread.onSpinWait();
        }
        clock.advance(Duration.ofSeconds(10));
        assertThat(reply.get().status()).isEqualTo(202);
        assertThat(reply.get().text("/status")).isEqualTo("starting");
        assertThat(get(reply.get().text("/id")).text("/status")).isEqualTo("processing");
    }

    @Test
    void theListGoesInPagesOfAHundredThatHoldStillWhileNewOnesCome() throws IOException {
        start();
        for (int i = 0; i < 205; i++) {
            create("{'input':{'prompt':'p" + i + "'}}");
        }
        JsonCaller.Result first = replicate.get("/predictions");
        assertThat(prompts(first)).hasSize(100).startsWith("p204").endsWith("p105");
        assertThat(first.json().get("previous").isNull()).isTrue();
        create(TEXT_TO_VIDEO);
        JsonCaller.Result second = replicate.get(first.text("/next"));
        assertThat(prompts(second)).hasSize(100).startsWith("p104").endsWith("p5");
        JsonCaller.Result third = replicate.get(second.text("/next"));
        assertThat(prompts(third)).containsExactly("p4", "p3", "p2", "p1", "p0");
        assertThat(third.json().get("next").isNull()).isTrue();
        assertThat(prompts(replicate.get(third.text("/previous")))).isEqualTo(prompts(second));
    }

    @Test
    void theListCanBeCutByTime() throws IOException {
        start();
        create("{'input':{'prompt':'first'}}");
        clock.advance(Duration.ofMinutes(1));
        create("{'input':{'prompt':'second'}}");
        clock.advance(Duration.ofMinutes(1));
        create("{'input':{'prompt':'third'}}");
        assertThat(prompts(replicate.get("/predictions?created_after=2026-07-01T08:01:00Z")))
                .containsExactly("third", "second");
        assertThat(prompts(replicate.get("/predictions?created_before=2026-07-01T08:01:00%2B00:00")))
                .containsExactly("first");
        assertThat(replicate.get("/predictions?created_after=yesterday").status())
                .isEqualTo(400);
    }

    @Test
    void theRateLimitNamesItsResetInTheText() throws IOException {
        start(SandboxOptions.builder().replicate(ReplicateSettings.standard().withCreatesPerMinute(2)));
        create(TEXT_TO_VIDEO);
        clock.advance(Duration.ofSeconds(20));
        create(TEXT_TO_VIDEO);
        JsonCaller.Result refused = replicate.post(CREATE, TEXT_TO_VIDEO);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("/detail")).isEqualTo("Request was throttled. Your rate limit resets in ~40s.");
        assertThat(refused.reply().headers().firstValue("Content-Type")).contains("application/problem+json");
        clock.advance(Duration.ofSeconds(40));
        create(TEXT_TO_VIDEO);
    }

    @Test
    void tokensAreCheckedAndStrangersSeeNothing() throws IOException {
        start(SandboxOptions.builder()
                .accounts(
                        SandboxAccount.of("main", "r8_test").withBalance(Money.dollars("0.20")),
                        SandboxAccount.of("other", "r8_other")));
        String id = create(TEXT_TO_VIDEO);
        assertThat(replicate.as("r8_wrong").get("/account").status()).isEqualTo(401);
        assertThat(replicate.as("r8_wrong").get("/account").text("/title")).isEqualTo("Unauthenticated");
        assertThat(replicate.get("/account").text("/username")).isEqualTo("main");
        assertThat(replicate.as("r8_other").get("/predictions/" + id).status()).isEqualTo(404);
        assertThat(replicate.as("r8_other").get("/predictions").json().get("results"))
                .isEmpty();
        assertThat(replicate.post(CREATE, TEXT_TO_VIDEO).status()).isEqualTo(402);
    }

    @ParameterizedTest
    @CsvSource({
        "540p, 5, false, false, 0.15",
        "720p, 5, false, false, 0.30",
        "1080p, 5, false, false, 1.20",
        "540p, 10, false, false, 0.45",
        "720p, 10, false, false, 0.90",
        "1080p, 10, false, false, 3.60",
        "720p, 5, true, false, 0.60",
        "1080p, 5, true, true, 3.60"
    })
    void everyPredictionIsChargedByTheGrid(String resolution, int duration, boolean hdr, boolean exr, String dollars)
            throws IOException {
        start();
        create("{'input':{'prompt':'p','resolution':'%s','duration':%d,'hdr':%s,'exr_export':%s}}"
                .formatted(resolution, duration, hdr, exr));
        assertThat(sandbox.ledger().total()).isEqualTo(Money.dollars(dollars));
    }

    @Test
    void theOutputMayBeAString() throws IOException {
        start();
        assertThat(succeeded(create(HDR_WITH_EXR)).get("output").asText()).endsWith(".mp4");
    }

    @Test
    void theOutputMayBeAnArray() throws IOException {
        start(SandboxOptions.builder()
                .replicate(ReplicateSettings.standard().withOutput(ReplicateSettings.Output.ARRAY)));
        JsonNode output = succeeded(create(HDR_WITH_EXR)).get("output");
        assertThat(output).hasSize(2);
        assertThat(output.get(0).asText()).endsWith(".mp4");
        assertThat(replicate.download(output.get(1).asText()).body()).startsWith(0x76, 0x2f, 0x31, 0x01);
    }

    @Test
    void theOutputMayBeAnObject() throws IOException {
        start(SandboxOptions.builder()
                .replicate(ReplicateSettings.standard().withOutput(ReplicateSettings.Output.OBJECT)));
        JsonNode output = succeeded(create(HDR_WITH_EXR)).get("output");
        assertThat(output.get("video").asText()).endsWith(".mp4");
        assertThat(output.get("exr").asText()).endsWith(".exr");
    }

    @Test
    void anImageThatCannotBeHadMakesThePredictionFail() throws IOException {
        start();
        String id = create("{'input':{'prompt':'p','start_image':'" + sandbox.storageBaseUrl() + "/none.png'}}");
        clock.advance(Duration.ofMinutes(5));
        assertThat(get(id).text("/status")).isEqualTo("failed");
        assertThat(get(id).text("/error")).contains("failed to fetch URL");
        assertThat(sandbox.ledger().total()).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_KEY, 401, Invalid API key",
        "NO_CREDITS, 402, Insufficient credits",
        "RATE_LIMITED, 429, resets in ~1s",
        "ERROR_500, 500, Internal server error",
        "UNAVAILABLE, 503, unavailable"
    })
    void anInjectedErrorIsAProblem(FailureAction action, int status, String text) throws IOException {
        start(FailureRule.on(FailureStage.SUBMIT, action).matching(FailureRule.Match.provider("replicate")));
        JsonCaller.Result refused = replicate.post(CREATE, TEXT_TO_VIDEO);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("/detail")).contains(text);
        assertThat(refused.json().get("status").asInt()).isEqualTo(status);
        create(TEXT_TO_VIDEO);
    }

    @Test
    void aPollMayFailAndTheNextIsGood() throws IOException {
        start(FailureRule.on(FailureStage.POLL, FailureAction.BAD_GATEWAY_HTML));
        String id = create(TEXT_TO_VIDEO);
        assertThat(get(id).status()).isEqualTo(502);
        assertThat(get(id).status()).isEqualTo(200);
    }

    @Test
    void aFailedPredictionSaysWhyAndIsNotCharged() throws IOException {
        start(FailureRule.on(FailureStage.JOB, FailureAction.CONTENT_MODERATED));
        String id = create(TEXT_TO_VIDEO);
        clock.advance(Duration.ofMinutes(5));
        assertThat(get(id).text("/status")).isEqualTo("failed");
        assertThat(get(id).text("/error")).contains("moderation");
        assertThat(sandbox.ledger().total()).isEqualTo(Money.ZERO);
    }

    @Test
    void aConnectionResetAfterAcceptanceLeavesOnePaidPredictionThatTheListShows() throws IOException {
        start(FailureRule.on(FailureStage.SUBMIT, FailureAction.RESET_AFTER_ACCEPT));
        assertThatThrownBy(() -> replicate.post(CREATE, TEXT_TO_VIDEO)).isInstanceOf(IOException.class);
        assertThat(prompts(replicate.get("/predictions"))).containsExactly("An amber bottle");
    }

    private CompletableFuture<JsonCaller.Result> waiting(String prefer) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return replicate.post(CREATE, TEXT_TO_VIDEO, "Prefer", prefer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String create(String body) throws IOException {
        JsonCaller.Result reply = replicate.post(CREATE, body);
        assertThat(reply.status()).as(reply.reply().body()).isEqualTo(201);
        return reply.text("/id");
    }

    private JsonCaller.Result get(String id) throws IOException {
        return replicate.get("/predictions/" + id);
    }

    private JsonCaller.Result cancel(String id) throws IOException {
        return replicate.post("/predictions/" + id + "/cancel", "");
    }

    private JsonNode succeeded(String id) throws IOException {
        // Long enough for everything, and well within the hour that the output is kept.
        clock.advance(Duration.ofMinutes(10));
        JsonCaller.Result reply = get(id);
        assertThat(reply.text("/status")).isEqualTo("succeeded");
        return reply.json();
    }

    private static List<String> prompts(JsonCaller.Result page) {
        return page.json().get("results").findValuesAsText("prompt");
    }
}
