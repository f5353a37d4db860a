package io.camelray.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.camelray.intake.ManifestSource;
import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.DailyBudget;
import io.camelray.ledger.JdbcLedger;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerClock;
import io.camelray.ledger.LedgerStore;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.ledger.PlanningLedger.RevisionDraft;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.ledger.SubmissionLedger.AttemptIntent;
import io.camelray.ledger.SubmissionLedger.Permit;
import io.camelray.model.AttemptToken;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the status page answers to those who mean no good, over real connections; one page is open, one wants a token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPageTest {

    private static final String TOKEN = "canary-token-0123456789";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String MARKED = "X-Camel-Ray: page\r\n";

    @TempDir
    static Path home;

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> taken = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.camelray.web");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private HikariDataSource store;
    private Ledger ledger;
    private Vertx vertx;
    private int open;
    private int locked;

    @BeforeAll
    void serve() throws Exception {
        store = LedgerStore.open("jdbc:h2:mem:", "sa", "");
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);
        ledger = new JdbcLedger(
                store, new LedgerClock(clock, nanos::get), new DailyBudget(Money.dollars("100"), ZoneOffset.UTC));
        ledger.registerAccount(
                new AccountRegistration("luma", ProviderName.LUMA, "https://luma.test", AccountLimits.DEFAULT));
        plan("mugs");
        Files.createDirectories(home.resolve("reports/mugs"));
        Files.writeString(home.resolve("reports/mugs/r1.txt"), "the report");
        Files.writeString(home.resolve("reports/.hidden"), "secret");
        Files.createDirectories(home.resolve("ledger"));
        Files.writeString(home.resolve("ledger/control.json"), "{\"token\": \"secret\"}");
        Files.createSymbolicLink(home.resolve("reports/out"), home.resolve("ledger"));
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(logged);
        logged.start();
        vertx = Vertx.vertx();
        open = page(PageSettings.of("127.0.0.1", "0", "", "rays.example"));
        locked = page(PageSettings.of("127.0.0.1", "0", TOKEN, ""));
    }

    private void plan(String campaign) {
        try (RevisionDraft draft = ledger.draft(new NewRevision(
                campaign,
                ProviderName.LUMA,
                "luma",
                Money.dollars("10"),
                Priority.NORMAL,
                0,
                "digest",
                "mugs.yaml",
                ""))) {
            draft.add(List.of(render()));
            draft.accept();
        }
    }

    @BeforeEach
    void forgetTheLog() {
        logged.list.clear();
    }

    private int page(PageSettings settings) throws Exception {
        Router router = Router.router(vertx);
        PageParts parts = new PageParts(
                ledger,
                (account, job) -> {},
                home,
                Map.of(),
                manifest -> {
                    throw new OperatorException("not asked for here");
                },
                (name, content) -> {
                    taken.add(name);
                    return name;
                },
                "default-src 'none'");
        StatusPage.mount(vertx, router, settings, parts, Clock.systemUTC());
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        return server.actualPort();
    }

    private static PlannedRender render() {
        return new PlannedRender(
                "generate",
                "{}",
                "",
                0,
                "fingerprint",
                1,
                RenderRequest.textToVideo("a mug"),
                new Price(Money.dollars("1"), Money.dollars("1"), ""),
                List.of(),
                1,
                List.of());
    }

    @AfterAll
    void close() throws Exception {
        logger.detachAppender(logged);
        logger.setAdditive(true);
        logger.setLevel(null);
        vertx.close().toCompletionStage().toCompletableFuture().get();
        ledger.close();
        store.close();
    }

    private static String host(int port) {
        return "Host: 127.0.0.1:" + port + "\r\n";
    }

    private RawHttp.Answer get(String path) throws IOException {
        return RawHttp.send(open, "GET", path, host(open), "");
    }

    private RawHttp.Answer post(int port, String path, String headers, String body) throws IOException {
        return RawHttp.send(port, "POST", path, host(port) + headers, body);
    }

    private void nothingHasChanged() {
        assertThat(ledger.campaign("mugs").orElseThrow().count(RenderState.PLANNED))
                .isEqualTo(1);
        assertThat(ledger.accounts().get(0).pausedFor()).isEmpty();
        assertThat(taken).isEmpty();
    }

    private String log() {
        return String.join(
                "\n",
                List.copyOf(logged.list).stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
    }

    @Test
    void every_answer_forbids_what_a_page_does_not_need() throws IOException {
        for (String path : List.of("/", "/page.js", "/api/status", "/nothing", "/reports/mugs/r1.txt")) {
            assertThat(get(path).head().toLowerCase())
                    .as(path)
                    .contains("content-security-policy: default-src 'none'")
                    .contains("frame-ancestors 'none'", "x-content-type-options: nosniff", "x-frame-options: deny")
                    .contains("referrer-policy: no-referrer", "cache-control: no-store")
                    .doesNotContain("access-control-", "unsafe-eval")
                    .doesNotContain("server:");
        }
        assertThat(get("/").body()).doesNotContain("<script>", "onclick", "style=");
    }

    @ParameterizedTest(name = "Host: {0}")
    @ValueSource(
            strings = {"evil.test", "127.0.0.1.evil.test", "localhost.evil.test:80", "10.0.0.1", "", "a@127.0.0.1"})
    void a_forged_host_is_refused_as_one_that_was_led_here_by_anothers_name_server(String host) throws IOException {
        RawHttp.Answer answer = RawHttp.send(open, "GET", "/api/status", "Host: " + host + "\r\n", "");

        RawHttp.Answer order = RawHttp.send(
                open,
                "POST",
                "/api/orders/pause?token=canary-4711",
                "Host: " + host + "\r\nCookie: camel-ray-0=canary-4712\r\n" + MARKED + JSON,
                "{\"target\": \"mugs\"}");

        assertThat(answer.status()).isIn(400, 421);
        assertThat(answer.body()).doesNotContain("campaigns");
        assertThat(order.status()).isIn(400, 421);
        nothingHasChanged();
        if (order.status() == 421) {
            assertThat(log()).contains("refused: 421 POST /api/orders/pause for host " + host);
        }
        assertThat(log()).doesNotContain("canary");
    }

    @Test
    void the_names_that_are_ours_are_answered() throws IOException {
        for (String host :
                List.of("localhost:" + open, "127.0.0.1", "[::1]:" + open, "rays.example", "RAYS.example:443")) {
            assertThat(RawHttp.send(open, "GET", "/api/status", "Host: " + host + "\r\n", "")
                            .status())
                    .as(host)
                    .isEqualTo(200);
        }
        assertThat(RawHttp.send(locked, "GET", "/", "Host: 192.0.2.7:8791\r\n", "")
                        .status())
                .as("an address, behind a token")
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "",
                MARKED + "Origin: https://evil.test\r\n",
                MARKED + "Origin: null\r\n",
                MARKED + "Origin: http://127.0.0.1:1\r\n",
                MARKED + "Sec-Fetch-Site: cross-site\r\n",
                MARKED + "Sec-Fetch-Site: same-site\r\n"
            })
    void a_post_that_another_site_may_have_sent_changes_nothing(String headers) throws IOException {
        for (String path :
                List.of("/api/orders/pause", "/api/resolve", "/api/accept", "/api/preview", "/api/session")) {
            assertThat(post(
                                    open,
                                    path + "?token=canary-4711",
                                    JSON + headers + "Cookie: camel-ray-0=canary-4712\r\n",
                                    "{\"target\": \"account:luma\"}")
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        nothingHasChanged();
        assertThat(log())
                .contains("refused: 403 POST /api/orders/pause", "refused: 403 POST /api/accept")
                .doesNotContain("canary");
    }

    @Test
    void an_order_is_json_from_our_own_page() throws IOException {
        String same = "Origin: http://127.0.0.1:" + open + "\r\nSec-Fetch-Site: same-origin\r\n";
        assertThat(post(open, "/api/orders/pause", MARKED + "Content-Type: text/plain\r\n", "{\"target\": \"mugs\"}")
                        .status())
                .isEqualTo(415);
        assertThat(post(open, "/api/orders/pause", MARKED + JSON, "{\"target\":")
                        .status())
                .isEqualTo(400);
        assertThat(post(open, "/api/orders/explode", MARKED + JSON, "{}").status())
                .isEqualTo(404);
        assertThat(RawHttp.send(open, "GET", "/api/orders/pause?target=mugs", host(open), "")
                        .status())
                .isEqualTo(405);
        nothingHasChanged();

        RawHttp.Answer paused = post(open, "/api/orders/pause", MARKED + JSON + same, "{\"target\": \"mugs\"}");

        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.body()).contains("Campaign mugs is paused: 1 render held");
        assertThat(get("/api/campaigns/mugs").body()).contains("\"held\":\"paused\"");
        assertThat(get("/api/campaigns/nowhere").status()).isEqualTo(409);
        assertThat(post(open, "/api/orders/resume", MARKED + JSON, "{\"target\": \"mugs\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(
            strings = {
                "/reports/../ledger/control.json",
                "/reports/mugs/../../ledger/control.json",
                "/reports/%2e%2e/ledger/control.json",
                "/reports/..%2fledger%2fcontrol.json",
                "/reports/..%5cledger%5ccontrol.json",
                "/reports/%252e%252e/ledger/control.json",
                "/reports/out/control.json",
                "/reports/.hidden",
                "/reports/mugs",
                "/reports/",
                "/reports//etc/passwd",
                "/ledger/control.json",
                "/outputs/../../../../../../etc/passwd",
                "/page.css/../page.js"
            })
    void no_path_leads_out_of_the_reports(String path) throws IOException {
        RawHttp.Answer answer = get(path + "?token=canary-4711");
        RawHttp.Answer order = post(open, path, MARKED + JSON + "Cookie: camel-ray-0=canary-4712\r\n", "campaign: x");

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("secret", "root:");
        assertThat(order.status()).isIn(400, 404, 405);
        nothingHasChanged();
        assertThat(log())
                .contains("refused: " + answer.status() + " GET /")
                .contains("refused: " + order.status() + " POST /")
                .doesNotContain("canary");
    }

    @Test
    void a_report_can_be_read_in_parts() throws IOException {
        assertThat(get("/reports/mugs/r1.txt").body()).isEqualTo("the report");
        RawHttp.Answer part =
                RawHttp.send(open, "GET", "/reports/mugs/r1.txt", host(open) + "Range: bytes=4-9\r\n", "");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("report");
    }

    @Test
    void what_is_too_long_is_not_read_to_its_end() throws IOException {
        String order = "{\"target\": \"" + "x".repeat(70_000) + "\"}";
        assertThat(post(open, "/api/orders/pause", MARKED + JSON, order).status())
                .isEqualTo(413);
        assertThat(post(open, "/api/preview", MARKED, "x".repeat(ManifestSource.MAX_BYTES + 1))
                        .status())
                .isEqualTo(413);
        String endless = "POST /api/accept HTTP/1.1\r\n" + host(open) + MARKED + "Transfer-Encoding: chunked\r\n\r\n";
        byte[] chunks = ("100000\r\n" + "x".repeat(0x100000) + "\r\n").repeat(6).getBytes();
        assertThat(RawHttp.send(open, endless, chunks).status()).isEqualTo(413);
        nothingHasChanged();
        assertThat(log())
                .contains("refused: 413 POST /api/orders/pause", "refused: 413 POST /api/preview")
                .contains("refused: 413 POST /api/accept")
                .doesNotContain("xxx");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing                 | ''",
                "a wrong token           | Authorization: Bearer wrong-canary-0123456789",
                "a part of the token     | Authorization: Bearer canary-token",
                "the token without Bearer| Authorization: canary-token-0123456789",
                "an invented session     | Cookie: camel-ray-0=0123456789abcdef"
            })
    void who_does_not_know_the_token_sees_and_changes_nothing(String what, String header) throws IOException {
        String headers = MARKED + JSON + (header.isEmpty() ? "" : header + "\r\n");
        for (String path : List.of("/api/status", "/api/campaigns/mugs", "/events", "/reports/mugs/r1.txt")) {
            RawHttp.Answer answer = RawHttp.send(locked, "GET", path, host(locked) + headers, "");
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("report\"", "mugs");
        }
        assertThat(post(locked, "/api/orders/pause", headers, "{\"target\": \"mugs\"}")
                        .status())
                .isEqualTo(401);
        assertThat(post(locked, "/api/accept", headers, "campaign: x").status()).isEqualTo(401);
        nothingHasChanged();
        assertThat(log()).contains("refused: 401").doesNotContain("canary", "0123456789");
    }

    @Test
    void the_token_opens_a_session_that_can_be_ended_and_stands_in_no_log() throws IOException {
        RawHttp.Answer wrong = post(locked, "/api/session", MARKED + JSON, "{\"token\": \"wrong-canary-0123456789\"}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.head()).doesNotContainIgnoringCase("set-cookie");

        RawHttp.Answer in = post(locked, "/api/session", MARKED + JSON, "{\"token\": \"" + TOKEN + "\"}");

        assertThat(in.status()).isEqualTo(200);
        assertThat(in.head()).contains("HTTPOnly", "SameSite=Strict").doesNotContain(TOKEN);
        String cookie = "Cookie: "
                + Stream.of(in.head().split("\r\n"))
                        .filter(line -> line.toLowerCase().startsWith("set-cookie: "))
                        .findFirst()
                        .orElseThrow()
                        .substring("set-cookie: ".length())
                        .split(";")[0]
                + "\r\n";
        assertThat(RawHttp.send(locked, "GET", "/api/status", host(locked) + cookie, "")
                        .status())
                .isEqualTo(200);
        assertThat(post(locked, "/api/orders/pause", cookie + JSON, "{\"target\": \"mugs\"}")
                        .status())
                .as("the browser sends the cookie, but another site sent the request")
                .isEqualTo(403);
        nothingHasChanged();
        assertThat(RawHttp.send(locked, "DELETE", "/api/session", host(locked) + cookie + MARKED, "")
                        .status())
                .isEqualTo(200);
        assertThat(RawHttp.send(locked, "GET", "/api/status", host(locked) + cookie, "")
                        .status())
                .isEqualTo(401);
        assertThat(RawHttp.send(
                                locked,
                                "GET",
                                "/api/status",
                                host(locked) + "Authorization: Bearer " + TOKEN + "\r\n",
                                "")
                        .status())
                .isEqualTo(200);
        assertThat(log()).contains("wrong token").doesNotContain("canary");
    }

    @Test
    void of_two_operators_who_resolve_at_once_one_wins_and_the_other_is_told() throws Exception {
        plan("cups");
        AttemptToken token = new AttemptToken(UUID.randomUUID());
        List<RenderId> renders = new ArrayList<>();
        ledger.renders("cups", known -> renders.add(known.id()));
        RenderId render = renders.get(0);
        ledger.bind(
                new AttemptIntent(render, token, "hash", new byte[0], Duration.ofSeconds(30)),
                use -> new Permit.Granted());
        ledger.recordUnknown(token, "reset");
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService operators = Executors.newFixedThreadPool(2);
        List<RawHttp.Answer> answers = new ArrayList<>();
        try {
            List<Future<RawHttp.Answer>> asked = new ArrayList<>();
            for (String action : List.of("resubmit", "abandon")) {
                asked.add(operators.submit(() -> {
                    together.await();
                    return post(
                            open,
                            "/api/resolve",
                            MARKED + JSON,
                            "{\"render\": \"" + render + "\", \"action\": \"" + action + "\"}");
                }));
            }
            for (Future<RawHttp.Answer> answer : asked) {
                answers.add(answer.get());
            }
        } finally {
            operators.shutdownNow();
        }

        assertThat(answers).extracting(RawHttp.Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .first()
                .extracting(RawHttp.Answer::body)
                .asString()
                .contains("only an unknown render");
        assertThat(log()).as("one of them did something").containsOnlyOnce("From the status page: ");
    }

    @Test
    void a_page_that_others_can_reach_needs_a_token_and_settings_are_checked_by_name() {
        assertThatThrownBy(() -> PageSettings.of("0.0.0.0", "8791", "", ""))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("ray.page.token");
        assertThatThrownBy(() -> PageSettings.of("0.0.0.0", "8791", "short", ""))
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining("short\"");
        assertThatThrownBy(() -> PageSettings.of("127.0.0.1", "http", "", "")).hasMessageContaining("ray.page.port");
        assertThat(PageSettings.of("localhost", "1", "", " A.example, b.example ")
                        .names())
                .isEqualTo(Set.of("a.example", "b.example"));
        assertThat(PageSettings.of("0.0.0.0", "1", TOKEN, "").toString()).doesNotContain(TOKEN);
    }
}
