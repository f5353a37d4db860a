package io.camelray.intake;

import static io.camelray.model.ProviderName.GMI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camelray.assets.AssetSettings;
import io.camelray.assets.MediaProbe;
import io.camelray.model.MediaRef;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.Providers;
import io.camelray.provider.ResolvedMedia;
import io.camelray.provider.UnsupportedRequestException;
import io.camelray.provider.WireRequest;
import io.camelray.rules.Rule;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import io.camelray.sandbox.Films;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the plan refuses offline, the simulated provider refuses online, and the other way round (ray-api §7.9, 8). Both
 * are asked about the same request: the plan about a manifest, the provider about the body that its adapter makes of
 * what was read from that manifest, posted over HTTP. One sandbox, as refusals leave no trace.
 */
class RuleAgreementTest {

    private static final RuleBook RULES = RuleBook.standard();
    private static final Map<ProviderName, String> KEYS = Map.of(
            ProviderName.LUMA, "luma-api-test",
            ProviderName.GMI, "gmi-key",
            ProviderName.REPLICATE, "r8_test");
    private static final long LARGE_IMAGE = 52_428_801;
    private static final long LARGE_FILM = 200L * 1024 * 1024 + 1;
    private static final String CDN = "https://cdn.example.com/";

    private static final Map<ProviderName, String> PARENTS = new EnumMap<>(ProviderName.class);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Sandbox sandbox;
    private static HttpServer host;
    private static ExecutorService hosting;
    private static MediaProbe probe;

    @BeforeAll
    static void start() throws IOException {
        write("a.png", picture(64, 64));
        write("wide.png", picture(8001, 8));
        write("widest.png", picture(8000, 8));
        grow(write("large.png", picture(64, 64)), LARGE_IMAGE);
        write("clip.mp4", Films.of("16:9", 7));
        write("clip17.mp4", Films.of("16:9", 17));
        write("clip18.mp4", Films.of("16:9", 18));
        write("clip30.mp4", Films.of("16:9", 30));
        large("large.mp4", Films.of("16:9", 7));
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hosting = Executors.newCachedThreadPool();
        host.setExecutor(hosting);
        host.createContext("/", RuleAgreementTest::serve);
        host.start();
        probe = MediaProbe.ofFiles(
                AssetSettings.defaults(folder.resolve("scratch")).withMaxBytes(2 * LARGE_FILM), Clock.systemUTC());
        sandbox = Sandbox.start(SandboxOptions.builder()
                .speed(100_000)
                .requestsPerMinute(10_000)
                .maxConcurrent(10_000)
                .build());
        PARENTS.put(ProviderName.LUMA, lumaParent());
        PARENTS.put(GMI, gmiParent());
        PARENTS.put(ProviderName.REPLICATE, "00000000-0000-4000-8000-000000000000");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        probe.close();
        host.stop(0);
        hosting.shutdownNow();
    }

    static List<AgreementCase> cases() {
        return AgreementCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void both_refuse_what_breaks_a_rule(AgreementCase row) throws IOException {
        PlanPreview preview = planner().preview(manifest(row, row.broken()));
        // A list that is too long is told by the schema as well.
        assertThat(refusing(preview)).as("offline").contains(row.rule()).isSubsetOf(row.rule(), "schema");

        HttpResponse<String> reply = post(row.provider(), body(row));
        assertThat(reply.statusCode())
                .as("online: " + reply.body())
                .isBetween(400, 499)
                .isNotIn(401, 402, 403, 404, 429);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void both_accept_its_neighbour(AgreementCase row) throws IOException {
        PlanPreview preview = planner().preview(manifest(row, row.good()));
        assertThat(preview.violations().stream().filter(Violation::refuses))
                .as("offline")
                .isEmpty();

        HttpResponse<String> reply =
                post(row.provider(), adapted(row, row.good()).orElseThrow());
        assertThat(reply.statusCode()).as("online: " + reply.body()).isBetween(200, 299);
    }

    @Test
    void every_error_that_a_provider_would_enforce_itself_is_compared() {
        Set<String> compared = AgreementCase.all().stream()
                .map(row -> row.rule() + " " + row.provider().label())
                .collect(Collectors.toSet());
        List<String> enforceable = new ArrayList<>();
        for (Rule rule : RULES.all()) {
            for (ProviderName provider : rule.providers()) {
                if (rule.severity() == Severity.ERROR && !RULES.isOursAlone(rule, provider)) {
                    enforceable.add(rule.id() + " " + provider.label());
                }
            }
        }

        assertThat(enforceable).hasSizeGreaterThan(70);
        assertThat(compared).containsExactlyInAnyOrderElementsOf(enforceable);
    }

    private static List<String> refusing(PlanPreview preview) {
        return preview.violations().stream()
                .filter(Violation::refuses)
                .map(Violation::rule)
                .toList();
    }

    private static Planner planner() {
        return new Planner(null, settings(), RULES, PriceBooks.standard(), media());
    }

    private static PlanMedia media() {
        UrlPolicy urls = new UrlPolicy(false, Set.of("intern.example.com"));
        return new PlanMedia(Optional.empty(), Optional.of(probe), urls, true);
    }

    private static PlanningSettings settings() {
        PlanningSettings base = Manifests.settings();
        return new PlanningSettings(
                base.provider(),
                Map.of(ProviderName.LUMA, "luma", GMI, "gmi", ProviderName.REPLICATE, "replicate"),
                base.allowedAccounts(),
                base.hdrAccess(),
                Money.dollars("1000"),
                base.maxRenders(),
                base.stopAfterFailures(),
                base.deliverTo(),
                base.deliverAllowed(),
                base.assetsAllowed());
    }

    private static ManifestSource manifest(AgreementCase row, String fields) {
        String text = "campaign: agree\nprovider: " + row.provider().label() + "\nsteps:\n  - { id: one, "
                + fields.replace("PARENT", PARENTS.get(row.provider())) + " }\n";
        return new ManifestSource("agree.yaml", text.getBytes(StandardCharsets.UTF_8)).in(folder);
    }

    /** What the adapter makes of it; where it cannot even say it, what a naive client would post. */
    private static String body(AgreementCase row) {
        if (row.raw().isEmpty()) {
            return adapted(row, row.broken()).orElseThrow(() -> new AssertionError("the adapter cannot say: " + row));
        }
        return row.raw()
                .replace('\'', '"')
                .replace("PARENT", PARENTS.get(row.provider()))
                .replace(CDN, address(""));
    }

    /** The body that the provider's adapter posts; empty if it refuses to make one. */
    private static Optional<String> adapted(AgreementCase row, String fields) {
        RenderRequest request = request(manifest(row, fields));
        MediaResolver resolver = ref -> resolved(ref, row.provider() == GMI && isSource(request, ref));
        try {
            WireRequest wire = new Providers(true).get(row.provider()).submission(request, resolver);
            return Optional.of(new String(wire.body(), StandardCharsets.UTF_8));
        } catch (UnsupportedRequestException e) {
            return Optional.empty();
        }
    }

    private static RenderRequest request(ManifestSource source) {
        try {
            PlanCheck.Plan plan = new PlanCheck(settings(), RULES, PriceBooks.standard(), media())
                    .check(ManifestReader.read(source), source.folder())
                    .plan()
                    .orElseThrow();
            Step step = plan.campaign().steps().get(0);
            return plan.variants()
                    .read(step, new Cell(0, new int[0]), new Violations())
                    .request();
        } catch (UnreadableManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSource(RenderRequest request, MediaRef ref) {
        return request.source().filter(ref::equals).isPresent();
    }

    /** Files are hosted, or sent along where GMI takes no address; what is in a private domain cannot be reached. */
    private static ResolvedMedia resolved(MediaRef ref, boolean inline) {
        if (ref instanceof MediaRef.Generation generation) {
            return new ResolvedMedia.Chained(generation.id());
        }
        if (ref instanceof MediaRef.Web) {
            return new ResolvedMedia.Url("http://127.0.0.1:1/a.png", "image/png");
        }
        String name = ((MediaRef.LocalFile) ref).path();
        try {
            return inline
                    ? new ResolvedMedia.Inline(
                            Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(name))), type(name))
                    : new ResolvedMedia.Url(address(name), type(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return name.endsWith(".mp4") ? "video/mp4" : "image/png";
    }

    private static String address(String name) {
        return "http://127.0.0.1:" + host.getAddress().getPort() + "/" + name;
    }

    private static void serve(HttpExchange exchange) throws IOException {
        Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
        exchange.getResponseHeaders().set("Content-Type", type(file.toString()));
        exchange.sendResponseHeaders(200, Files.size(file));
        try (exchange) {
            Files.copy(file, exchange.getResponseBody());
        }
    }

    private static Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] picture(int width, int height) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file);
        return file.toByteArray();
    }

    private static void grow(Path file, long bytes) throws IOException {
        try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
            longer.setLength(bytes);
        }
    }

    /** A film with a free box behind it. */
    private static void large(String name, byte[] film) throws IOException {
        Path file = write(name, film);
        int free = Math.toIntExact(LARGE_FILM - film.length);
        Files.write(
                file,
                ByteBuffer.allocate(8)
                        .putInt(free)
                        .put("free".getBytes(StandardCharsets.US_ASCII))
                        .array(),
                StandardOpenOption.APPEND);
        grow(file, LARGE_FILM);
    }

    private static String lumaParent() throws IOException {
        String id = JSON.readTree(post(
                                ProviderName.LUMA,
                                "{\"model\":\"ray-3.2\",\"type\":\"video\",\"prompt\":\"p\",\"aspect_ratio\":\"16:9\"}")
                        .body())
                .path("id")
                .asText();
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> get(ProviderName.LUMA, "/generations/" + id),
                        job -> job.path("state").asText().equals("completed"))
                .path("id")
                .asText();
    }

    private static String gmiParent() throws IOException {
        String body = "{\"model\":\"luma-ray-3-2-generate\",\"payload\":{\"prompt\":\"p\"}}";
        String id = JSON.readTree(post(GMI, body).body()).path("request_id").asText();
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> get(GMI, "/api/v1/ie/requestqueue/apikey/requests/" + id),
                        job -> job.path("status").asText().equals("success"))
                .at("/outcome/generation_id")
                .asText();
    }

    private static HttpResponse<String> post(ProviderName provider, String body) {
        String path =
                switch (provider) {
                    case LUMA -> "/generations";
                    case GMI -> "/api/v1/ie/requestqueue/apikey/requests";
                    case REPLICATE -> "/models/luma/ray-3.2/predictions";
                };
        return send(provider, path, request -> request.POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode get(ProviderName provider, String path) throws IOException {
        return JSON.readTree(send(provider, path, HttpRequest.Builder::GET).body());
    }

    private static HttpResponse<String> send(
            ProviderName provider, String path, UnaryOperator<HttpRequest.Builder> method) {
        URI base =
                switch (provider) {
                    case LUMA -> sandbox.lumaBaseUrl();
                    case GMI -> sandbox.gmiBaseUrl();
                    case REPLICATE -> sandbox.replicateBaseUrl();
                };
        HttpRequest request = method.apply(HttpRequest.newBuilder(URI.create(base + path)))
                .header("Authorization", "Bearer " + KEYS.get(provider))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
