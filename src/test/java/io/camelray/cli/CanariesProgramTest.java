package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.util.FileSize;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.RenderState;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxAccount;
import io.camelray.sandbox.SandboxOptions;
import io.camelray.web.ControlEndpoint;
import io.camelray.web.ControlFile;
import io.camelray.web.TimeGuess;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * The whole program with a secret wherever one can be configured, each of them used; then everything that somebody may look
 * at without knowing one: pages, reports, metrics, JMX, traces as a collector gets them, digests and logs.
 */
class CanariesProgramTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final Pattern SIGNATURE = Pattern.compile("(?i)[?&](?:x-amz-)?(?:signature|sig|token)=([^&\"]+)");
    private static final Map<String, String> SYSTEM = Map.of(
            "aws.accessKeyId", Planted.ACCESS_KEY,
            "aws.secretAccessKey", Planted.SECRET_KEY,
            "logback.configurationFile", "io/camelray/cli/logback.xml",
            "otel.java.global-autoconfigure.enabled", "true",
            "otel.service.name", "camel-ray",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.bsp.schedule.delay", "100");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Planted planted = new Planted();
    private final Map<String, Optional<String>> before = new ConcurrentHashMap<>();
    private final List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Outside outside;
    private UsersStorage users;
    private int observed;
    private int webhooks;

    @BeforeEach
    void prepare() throws Exception {
        outside = new Outside();
        users = UsersStorage.start(folder, Planted.TRUST_PASSWORD);
        SYSTEM.forEach((name, value) -> before.put(name, Optional.ofNullable(System.setProperty(name, value))));
        before.put(
                "otel.exporter.otlp.endpoint",
                Optional.ofNullable(System.setProperty("otel.exporter.otlp.endpoint", outside.address(""))));
        GlobalOpenTelemetry.resetForTest();
        root.iteratorForAppenders().forEachRemaining(appenders::add);
        observed = freePort();
        webhooks = freePort();
    }

    @AfterEach
    void restore() {
        GlobalOpenTelemetry.resetForTest();
        before.forEach((name, value) ->
                value.ifPresentOrElse(old -> System.setProperty(name, old), () -> System.clearProperty(name)));
        root.detachAndStopAllAppenders();
        appenders.forEach(appender -> {
            appender.start();
            root.addAppender(appender);
        });
        logging.getLogger("io.camelray").setLevel(null);
        outside.close();
        users.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Map<String, String> properties(Sandbox sandbox, EmbeddedS3 store) {
        return Map.ofEntries(
                Map.entry("camel.component.ray.luma-api-key", Planted.LUMA_KEY),
                Map.entry(
                        "camel.component.ray.luma-base-url",
                        sandbox.lumaBaseUrl().toString()),
                Map.entry("camel.component.ray.replicate-api-token", Planted.REPLICATE_TOKEN),
                Map.entry(
                        "camel.component.ray.replicate-base-url",
                        sandbox.replicateBaseUrl().toString()),
                Map.entry("camel.component.ray.initial-poll-delay", "100"),
                Map.entry("camel.component.ray.poll-interval", "100"),
                Map.entry("ray.download.allow-private", "true"),
                Map.entry("ray.http.trust-store", users.trust().toString()),
                Map.entry("ray.http.trust-store-password", Planted.TRUST_PASSWORD),
                Map.entry("ray.s3.endpoint", store.endpoint().toString()),
                Map.entry("ray.s3.region", "us-east-1"),
                Map.entry("ray.deliver.to", "s3://renders/out"),
                Map.entry("ray.deliver.tags", "false"),
                Map.entry("ray.assets.bucket", "s3://renders/hosted"),
                Map.entry("ray.ledger.password", Planted.LEDGER_PASSWORD),
                Map.entry("ray.page.port", "0"),
                Map.entry("ray.page.token", Planted.PAGE_TOKEN),
                Map.entry("ray.webhook.enabled", "true"),
                Map.entry("ray.webhook.port", String.valueOf(webhooks)),
                Map.entry("ray.webhook.url", "http://127.0.0.1:" + webhooks + "/"),
                Map.entry("ray.webhook.secret", "whsec_" + Planted.WEBHOOK_KEY),
                Map.entry("ray.observe.enabled", "true"),
                Map.entry("ray.observe.port", String.valueOf(observed)),
                Map.entry("ray.observe.traces", "true"),
                Map.entry(
                        "ray.notify.uri",
                        outside.address("/hooks/" + Planted.HOOK_PATH + "?secret=" + Planted.HOOK_QUERY)),
                Map.entry("ray.notify.format", "json"),
                Map.entry("ray.log.level", "debug"),
                Map.entry("ray.log.file", folder.resolve("text.log").toString()));
    }

    private void logAsJsonToo() {
        Logging.apply(
                new LogSettings(
                        true,
                        Optional.of(folder.resolve("json.log")),
                        FileSize.valueOf("20MB"),
                        1,
                        FileSize.valueOf("1GB"),
                        Level.DEBUG),
                List.of());
    }

    @Test
    void no_secret_stands_where_somebody_looks_who_does_not_know_it() throws Exception {
        SandboxOptions options = SandboxOptions.builder()
                .speed(100)
                .accounts(SandboxAccount.of("canary", Planted.LUMA_KEY, Planted.REPLICATE_TOKEN))
                .failures(FailurePlan.parse("rules: [{on: submit, match: {promptContains: blue}, do: 422-array},"
                        + " {on: download, times: 1, do: expired-first-url}]"))
                .build();
        HomeOptions home = CommandLine.populateCommand(
                new HomeOptions(), "--home", folder.resolve("home").toString());
        try (Sandbox sandbox = Sandbox.start(options);
                EmbeddedS3 store =
                        EmbeddedS3.start(folder.resolve("s3"), "renders", Planted.ACCESS_KEY, Planted.SECRET_KEY);
                Program program = new Program(home, home.home("work"), properties(sandbox, store), true)) {
            program.preflight(program.configure());
            program.servePage();
            program.start();
            String page = program.page().orElseThrow();
            try (ControlEndpoint control = ControlEndpoint.start(
                    program.component().ledger(), (account, job) -> {}, program.home(), Map.of(), TimeGuess.NONE)) {
                renderEverything(program);
                theSecretsWereNeeded(sandbox, store, program, page);
                planted.look(
                        "the control endpoint",
                        ControlClient.of(program.home())
                                .orElseThrow()
                                .get("/status")
                                .orElseThrow()
                                .toString());
                look(page, program);
                lookAtJmx();
            }
        }
        lookAtFiles();
        outside.digests().forEach(digest -> planted.look("a digest", digest.headers() + digest.body()));
        planted.look("the traces", outside.spans());
        for (String log : List.of("text.log", "json.log")) {
            String lines = Files.readString(folder.resolve(log));
            assertThat(lines).as(log).contains("watched", "refused");
            planted.look(log, lines);
        }

        assertThat(planted.found()).isEmpty();
    }

    private String picture() {
        return users.address("X-Amz-Signature=" + Planted.PICTURE_SIGNATURE);
    }

    /** One campaign of each kind: from a user's own address, from a file that we host, at another provider, refused. */
    private void renderEverything(Program program) throws Exception {
        Inbox inbox = Inbox.in(program.home());
        drop(
                inbox,
                "watched.yaml",
                "campaign: watched\nprompt: \"a {{colour}} mug\"\nresolution: 360p\naspectRatio: \"1:1\"\n"
                        + "startFrame: '" + picture() + "'\nmatrix: {colour: [green, blue]}\n");
        await().atMost(LONG_ENOUGH)
                .until(() -> count(program, "watched", RenderState.DELIVERED) == 1
                        && count(program, "watched", RenderState.FAILED) == 1);
        drop(inbox, "refused.yaml", "campaign: refused\nprompt: a mug\nloop: 7\nendFrame: '" + picture() + "'\n");
        await().atMost(LONG_ENOUGH)
                .until(() -> Files.exists(program.home().resolve("rejected/refused.yaml.errors.json")));
        logAsJsonToo();
        Files.write(program.home().resolve("inbox/hosted.png"), UsersStorage.picture(65));
        drop(
                inbox,
                "other.yaml",
                "campaign: other\nprovider: replicate\nprompt: a cup\nresolution: 540p\naspectRatio: \"1:1\"\n"
                        + "startFrame: hosted.png\n");
        await().atMost(LONG_ENOUGH).until(() -> count(program, "other", RenderState.DELIVERED) == 1);
        drop(
                inbox,
                "again.yaml",
                "campaign: watched\nprompt: \"a {{colour}} mug\"\nresolution: 360p\naspectRatio: \"16:9\"\n"
                        + "startFrame: '" + picture() + "'\nmatrix: {colour: [green, blue]}\n");
        await().atMost(LONG_ENOUGH).until(() -> count(program, "watched", RenderState.DELIVERED) == 2);
        drop(inbox, "refused2.yaml", "campaign: refused\nprompt: a mug\nloop: 7\nendFrame: '" + picture() + "'\n");
        await().atMost(LONG_ENOUGH)
                .until(() -> Files.exists(program.home().resolve("rejected/refused2.yaml.errors.json")));
        await().atMost(LONG_ENOUGH).until(() -> !outside.digests().isEmpty());
        await().atMost(LONG_ENOUGH)
                .until(() -> Files.exists(program.home().resolve("reports/other/contact-sheet.html")));
        await().atMost(LONG_ENOUGH).until(() -> outside.spans().contains("camelray render"));
    }

    private static void drop(Inbox inbox, String name, String manifest) throws IOException {
        inbox.drop(name, manifest.getBytes(StandardCharsets.UTF_8));
    }

    private static int count(Program program, String campaign, RenderState state) {
        return program.component()
                .ledger()
                .campaign(campaign)
                .map(status -> status.count(state))
                .orElse(0);
    }

    /** What was never used could not have turned up anywhere. */
    private void theSecretsWereNeeded(Sandbox sandbox, EmbeddedS3 store, Program program, String page)
            throws Exception {
        assertThat(sandbox.ledger().generations())
                .as("asked for with keys")
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(generation -> generation.account().equals("canary"))
                .allMatch(
                        generation -> generation.body().toString().contains("X-Amz-Credential=" + Planted.ACCESS_KEY));
        assertThat(users.queries()).as("fetched").anyMatch(query -> query.contains(Planted.PICTURE_SIGNATURE));
        assertThat(store.folder().resolve("renders/out/watched"))
                .as("stored with a signature")
                .isDirectoryRecursivelyContaining("glob:**.mp4");
        assertThat(outside.digests())
                .anyMatch(digest -> digest.address().contains(Planted.HOOK_PATH)
                        && digest.address().contains(Planted.HOOK_QUERY));
        assertThat(call(Planted.WEBHOOK_KEY)).isNotEqualTo(401);
        assertThat(call("AAAA")).isEqualTo(401);
        assertThat(get(page + "api/status", "").statusCode()).isEqualTo(401);
        assertThat(get(page + "api/status", Planted.PAGE_TOKEN).statusCode()).isEqualTo(200);
        planted.plant(
                "the control token",
                ControlFile.read(ControlFile.in(program.home())).orElseThrow().token());
        StringBuilder kept = new StringBuilder();
        program.component().ledger().renders("watched", render -> kept.append(render.request()));
        assertThat(kept.toString()).as("what the ledger holds").contains(Planted.PICTURE_SIGNATURE);
        int number = 0;
        for (String sent : Stream.concat(
                        sandbox.requests().stream().map(request -> request.path()),
                        sandbox.ledger().generations().stream()
                                .map(generation -> generation.body().toString()))
                .toList()) {
            Matcher signature = SIGNATURE.matcher(sent);
            while (signature.find()) {
                planted.plant("the signature of address " + number++, signature.group(1));
            }
        }
        assertThat(number).as("signed addresses").isGreaterThan(4);
    }

    private int call(String secret) throws Exception {
        String now = String.valueOf(Instant.now().getEpochSecond());
        String body = "{\"id\":\"nothing\",\"status\":\"succeeded\"}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        String signature = Base64.getEncoder()
                .encodeToString(mac.doFinal(("m1." + now + "." + body).getBytes(StandardCharsets.UTF_8)));
        planted.plant("a webhook's signature", signature);
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + webhooks + "/webhooks/replicate/replicate"))
                                .header("webhook-id", "m1")
                                .header("webhook-timestamp", now)
                                .header("webhook-signature", "v1," + signature)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<String> get(String address, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void look(String page, Program program) throws Exception {
        List<String> addresses = new ArrayList<>(List.of("", "page.js", "api/status", "api/session", "nothing"));
        program.component().ledger().campaigns().forEach(known -> addresses.add("api/campaigns/" + known.campaign()));
        Path reports = program.home().resolve("reports");
        try (Stream<Path> tree = Files.walk(reports)) {
            tree.filter(Files::isRegularFile).forEach(file -> addresses.add("reports/" + reports.relativize(file)));
        }
        assertThat(addresses).anyMatch(address -> address.endsWith("contact-sheet.html"));
        for (String address : addresses) {
            for (String token : List.of("", Planted.PAGE_TOKEN)) {
                HttpResponse<String> answer = get(page + address, token);
                planted.look(page + address, answer.headers().map() + "\n" + answer.body());
            }
        }
        HttpResponse<InputStream> events = http.send(
                HttpRequest.newBuilder(URI.create(page + "events"))
                        .header("Authorization", "Bearer " + Planted.PAGE_TOKEN)
                        .build(),
                BodyHandlers.ofInputStream());
        try (BufferedReader stream = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            String line = stream.readLine();
            while (!line.startsWith("data: ")) {
                line = stream.readLine();
            }
            assertThat(line).contains("watched");
            planted.look("the page's events", line);
        }
        for (String prompt : List.of("a mug", "a mug\nloop: 7")) {
            HttpResponse<String> plan = http.send(
                    HttpRequest.newBuilder(URI.create(page + "api/preview"))
                            .header("Authorization", "Bearer " + Planted.PAGE_TOKEN)
                            .header("X-Camel-Ray", "page")
                            .POST(BodyPublishers.ofString(
                                    "campaign: seen\nstartFrame: '" + picture() + "'\nprompt: " + prompt + "\n"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(plan.statusCode()).isEqualTo(200);
            planted.look("a plan on the page", plan.body());
        }
        for (String path : List.of("health", "health/live", "health/ready", "metrics")) {
            HttpResponse<String> answer = get("http://127.0.0.1:" + observed + "/observe/" + path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            planted.look("/observe/" + path, answer.body());
        }
    }

    /** Every attribute, and the result of every operation that only tells. */
    private void lookAtJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        int told = 0;
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            planted.look("the name of a managed bean", name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    planted.look(
                            name + " " + attribute.getName(), text(server.getAttribute(name, attribute.getName())));
                }
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                if (onlyTells(operation)) {
                    told++;
                    planted.look(name + " " + operation.getName(), result(server, name, operation));
                }
            }
        }
        assertThat(told).as("operations").isGreaterThan(20);
    }

    private static boolean onlyTells(MBeanOperationInfo operation) {
        return operation.getName().matches("(dump|browse|inform|list|explain|get|stat|find).*")
                && Stream.of(operation.getSignature())
                        .allMatch(parameter -> parameter.getType().equals("boolean"));
    }

    /** With all that can be asked for; some want what is not on the class path, and say so. */
    private static String result(MBeanServer server, ObjectName name, MBeanOperationInfo operation) throws JMException {
        int parameters = operation.getSignature().length;
        try {
            return text(server.invoke(
                    name,
                    operation.getName(),
                    Collections.nCopies(parameters, true).toArray(),
                    Collections.nCopies(parameters, "boolean").toArray(String[]::new)));
        } catch (MBeanException e) {
            return e + " " + e.getCause();
        }
    }

    private static String text(Object value) {
        return value instanceof Object[] many ? java.util.Arrays.deepToString(many) : String.valueOf(value);
    }

    /** All that is written, but for the ledger and what the user has dropped. */
    private void lookAtFiles() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> files = tree.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(mp4|png|log)"))
                    .filter(file -> Stream.of("ledger", "accepted", "rejected", "dead-letter")
                            .noneMatch(folder.resolve("home").relativize(file)::startsWith))
                    .toList();
            assertThat(files.toString()).contains("contact-sheet.html", "report.csv", "manifest.json", ".mp4.json");
            for (Path file : files) {
                planted.look(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        for (String rejected : List.of("refused", "refused2")) {
            Path document = folder.resolve("home/rejected/" + rejected + ".yaml.errors.json");
            // Beside the errors it holds the manifest, as it was dropped.
            String errors = new ObjectMapper()
                    .readTree(document.toFile())
                    .path("errors")
                    .toString();
            assertThat(errors).contains("loop");
            planted.look(document.toString(), errors);
        }
    }
}
