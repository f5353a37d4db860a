package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicateWebhooksTest {

    private final FakeClock clock = new FakeClock();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer receiver;
    private Sandbox sandbox;
    private JsonCaller replicate;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            Call call = Call.read(exchange);
            boolean refuse = refusals.getAndDecrement() > 0;
            exchange.sendResponseHeaders(refuse ? 503 : 204, -1);
            exchange.close();
            if (!refuse) {
                calls.add(call);
            }
        });
        receiver.start();
    }

    private void start(FailureRule... rules) {
        sandbox = Sandbox.start(SandboxOptions.builder()
                .clock(clock)
                .failures(FailurePlan.of(rules))
                .build());
        replicate = JsonCaller.replicate(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.stop(0);
    }

    @Test
    void aPredictionIsAnnouncedAtItsStartAndItsEnd() throws Exception {
        start();
        String id = create("");
        clock.advance(Duration.ofSeconds(10));
        Call started = next();
        assertThat(started.body().get("status").asText()).isEqualTo("processing");
        assertThat(started.body().get("id").asText()).isEqualTo(id);
        clock.advance(Duration.ofMinutes(2));
        assertThat(next().body().get("output").asText()).endsWith(".mp4");
        assertThat(next().body().get("status").asText()).isEqualTo("succeeded");
        assertThat(nothingMore()).isTrue();
    }

    @Test
    void onlyTheWantedEventsAreSent() throws Exception {
        start();
        create(",'webhook_events_filter':['completed']");
        clock.advance(Duration.ofMinutes(2));
        assertThat(next().body().get("status").asText()).isEqualTo("succeeded");
        assertThat(nothingMore()).isTrue();
    }

    @Test
    void aCanceledPredictionIsAnnouncedToo() throws Exception {
        start();
        String id = create("");
        replicate.post("/predictions/" + id + "/cancel", "");
        assertThat(next().body().get("status").asText()).isEqualTo("aborted");
        assertThat(nothingMore()).isTrue();
    }

    @Test
    void everyCallIsSignedWithTheSecretOfTheAccount() throws Exception {
        start();
        create("");
        clock.advance(Duration.ofSeconds(10));
        Call call = next();
        assertThat(call.timestamp()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(call.signature()).isEqualTo("v1," + expected(call));
    }

    @Test
    void aSignatureMayBeWrong() throws Exception {
        start(FailureRule.on(FailureStage.WEBHOOK, FailureAction.WRONG_SIGNATURE));
        create("");
        clock.advance(Duration.ofMinutes(2));
        Call wrong = next();
        assertThat(wrong.signature()).startsWith("v1,").isNotEqualTo("v1," + expected(wrong));
        Call right = next();
        assertThat(right.signature()).isEqualTo("v1," + expected(right));
    }

    @Test
    void aTimestampMayBeStaleAndRightlySigned() throws Exception {
        start(FailureRule.on(FailureStage.WEBHOOK, FailureAction.STALE_TIMESTAMP));
        create("");
        clock.advance(Duration.ofMinutes(2));
        Call stale = next();
        assertThat(stale.timestamp()).isEqualTo(clock.instant().getEpochSecond() - 3600);
        assertThat(stale.signature()).isEqualTo("v1," + expected(stale));
    }

    @Test
    void aCallMayComeTwiceUnderOneId() throws Exception {
        start(FailureRule.on(FailureStage.WEBHOOK, FailureAction.DUPLICATE));
        create(",'webhook_events_filter':['completed']");
        clock.advance(Duration.ofMinutes(2));
        assertThat(next().id()).isEqualTo(next().id());
        assertThat(nothingMore()).isTrue();
    }

    @Test
    void aCallMayComeAfterTheNextOne() throws Exception {
        start(FailureRule.on(FailureStage.WEBHOOK, FailureAction.OUT_OF_ORDER));
        create(",'webhook_events_filter':['start','completed']");
        clock.advance(Duration.ofMinutes(2));
        List<String> statuses = new ArrayList<>();
        statuses.add(next().body().get("status").asText());
        statuses.add(next().body().get("status").asText());
        assertThat(statuses).containsExactly("succeeded", "processing");
    }

    @Test
    void aCallMayBeLost() throws Exception {
        start(FailureRule.on(FailureStage.WEBHOOK, FailureAction.LOST).always());
        String id = create("");
        clock.advance(Duration.ofMinutes(2));
        assertThat(nothingMore()).isTrue();
        assertThat(replicate.get("/predictions/" + id).text("/status")).isEqualTo("succeeded");
    }

    @Test
    void aRefusedCallIsRepeatedUnderItsId() throws Exception {
        start();
        refusals.set(2);
        create(",'webhook_events_filter':['completed']");
        clock.advance(Duration.ofMinutes(2));
        assertThat(next().body().get("status").asText()).isEqualTo("succeeded");
        assertThat(nothingMore()).isTrue();
    }

    @Test
    void aCallMayComeBeforeTheReplyToTheSubmission() throws Exception {
        start(FailureRule.on(FailureStage.SUBMIT, FailureAction.DELAY_REPLY).delay(Duration.ofSeconds(2)));
        CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> create(""));
        while (sandbox.ledger().generations().isEmpty()) {
            Thread.onSpinWait();
        }
        clock.advance(Duration.ofSeconds(10));
        Call early = next();
        assertThat(reply).isNotDone();
        assertThat(reply.get()).isEqualTo(early.body().get("id").asText());
    }

    private String create(String more) {
        String hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        try {
            return replicate
                    .post(
                            ReplicateRulesTest.CREATE,
                            "{'input':{'prompt':'p','resolution':'540p'},'webhook':'" + hook + "'" + more + "}")
                    .text("/id");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Call next() throws InterruptedException {
        Call call = calls.poll(10, TimeUnit.SECONDS);
        assertThat(call).as("a call within ten seconds").isNotNull();
        return call;
    }

    private boolean nothingMore() throws InterruptedException {
        return calls.poll(200, TimeUnit.MILLISECONDS) == null;
    }

    private String expected(Call call) throws Exception {
        String secret = replicate.get("/webhooks/default/secret").text("/key");
        assertThat(secret).startsWith("whsec_");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = call.id() + "." + call.timestamp() + "." + call.text();
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private record Call(String id, long timestamp, String signature, String text) {

        static Call read(HttpExchange exchange) throws IOException {
            return new Call(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

        JsonNode body() throws IOException {
            return new ObjectMapper().readTree(text);
        }
    }
}
