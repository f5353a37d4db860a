package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.RenderState;
import io.camelray.observe.MeterName;
import io.camelray.observe.RayObservability;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.SandboxAccount;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.junit.jupiter.api.Test;

/** What those see who watch a running program: the endpoints as curl gets them, JMX, and the traces. */
class ObservabilityRouteTest extends RayRouteTest {

    private static final Pattern METRIC = Pattern.compile("camel(?:ray)?_[a-z_]+[a-z]");
    private static final String CANARY_KEY = "luma-api-canary-4711";
    private static final String NEXT_KEY = "luma-api-canary-4713";
    private static final String CANARY_PROMPT = "canary-prompt-4712";

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private int port;

    @Override
    FailurePlan failures() {
        return FailurePlan.parse("rules: [{on: submit, do: 429-bare, times: 1}]");
    }

    @Override
    void configure(Properties properties) {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        properties.put("ray.observe.enabled", "true");
        properties.put("ray.observe.traces", "true");
        properties.put("ray.observe.port", String.valueOf(port));
        replaceKey(CANARY_KEY);
        properties.put("camel.component.ray.luma-api-key", "file:" + home.resolve("luma-key"));
        RayComponent.onSecretRead(read::add);
    }

    @Override
    SandboxOptions.Builder sandboxOptions() {
        return super.sandboxOptions()
                .accounts(SandboxAccount.of("old", CANARY_KEY), SandboxAccount.of("new", NEXT_KEY));
    }

    /** As orchestrators do: the new file takes the place of the old one at once. */
    private void replaceKey(String key) {
        try {
            Path draft = Files.writeString(home.resolve("luma-key.new"), key + "\n");
            Files.move(
                    draft,
                    home.resolve("luma-key"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    ObservabilityRouteTest() {
        testConfiguration().withJMX(true);
    }

    /** The way that the base class does use. */
    @Override
    @SuppressWarnings("deprecation")
    protected Registry createCamelRegistry() {
        Registry registry = new DefaultRegistry();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
                .build();
        registry.bind("rayObservability", new RayObservability());
        registry.bind("tracer", Tracer.class, provider.get("test"));
        registry.bind(
                "propagators",
                ContextPropagators.class,
                ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        return registry;
    }

    private final class Kept implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> some) {
            spans.addAll(some);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void health_metrics_jmx_and_traces_say_what_goes_on_and_nothing_that_is_secret_and_a_key_can_be_replaced()
            throws Exception {
        drop(
                "mugs.yaml",
                "campaign: watched\nprompt: " + CANARY_PROMPT
                        + "\nresolution: 360p\nmatrix: {aspectRatio: [\"1:1\", \"16:9\"]}\n");
        settled("watched");

        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200);
        JsonNode health = new ObjectMapper().readTree(get("/observe/health").body());
        assertThat(health.path("status").asText()).isEqualTo("UP");

        String metrics = get("/observe/metrics").body();
        assertThat(metrics)
                .contains("camelray_renders{account=\"luma\",state=\"delivered\"} 2.0")
                .contains("camelray_submissions_total{account=\"luma\",outcome=\"accepted\"} 2.0")
                .contains("camelray_submissions_total{account=\"luma\",outcome=\"throttled\"} 1.0")
                .contains("camelray_too_many_requests_total{account=\"luma\"} 1.0")
                .contains("camelray_money_dollars{state=\"confirmed\"} 0.12")
                .contains("camelray_stored_outputs_total{account=\"luma\"} 2.0")
                .contains("camelray_ledger_up 1.0");
        for (MeterName name : MeterName.values()) {
            assertThat(metrics).contains("# TYPE " + name.meter().replace('.', '_'));
        }
        everyMetricThatWeShipIsThere(metrics);
        assertThat(labels(metrics)).as("values of labels").hasSizeLessThan(120);

        await().atMost(LONG_ENOUGH)
                .until(() -> spans.stream()
                                .filter(span -> span.getName().equals("camelray render"))
                                .count()
                        == 2);
        List<SpanData> ours = spans.stream()
                .filter(span -> span.getName().startsWith("camelray "))
                .toList();
        String trace = ours.get(0).getTraceId();
        assertThat(ours).allMatch(span -> span.getTraceId().equals(trace));
        assertThat(ours.stream().map(SpanData::getName)).contains("camelray plan", "camelray render");
        assertThat(routesIn(trace))
                .anyMatch(uri -> uri.startsWith("ray://due"))
                .anyMatch(uri -> uri.startsWith("ray://rendered"));

        ledger().pauseAccount("luma", "a test");
        String jmx = everythingInJmx();
        assertThat(jmx)
                .contains("RendersByState=delivered=2")
                .contains("PausedAccounts=luma: a test")
                .contains("NextDue=")
                .contains("DollarsReservedToday=0.00");
        ledger().resumeAccount("luma");
        for (String seen : List.of(metrics, health.toString(), spans.toString(), jmx)) {
            assertThat(seen)
                    .doesNotContain(CANARY_KEY)
                    .doesNotContain(CANARY_PROMPT)
                    .doesNotContain("X-Amz-Signature")
                    .doesNotContain(sandbox().ledger().generations().get(0).id());
        }
        aKeyThatIsReplacedIsUsedForTheNextRequestAndKnownToWhoeverHidesKeys();
    }

    private void aKeyThatIsReplacedIsUsedForTheNextRequestAndKnownToWhoeverHidesKeys() {
        assertThat(read).contains(CANARY_KEY).doesNotContain(NEXT_KEY);
        replaceKey(NEXT_KEY);
        drop("after.yaml", oneClip("after"));

        assertThat(settled("after").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(sandbox().ledger().generations())
                .extracting(Generation::account)
                .containsExactly("old", "old", "new");
        assertThat(read).contains(CANARY_KEY, NEXT_KEY);
    }

    private Set<String> routesIn(String trace) {
        return spans.stream()
                .filter(span -> span.getTraceId().equals(trace))
                .flatMap(span -> span.getAttributes().asMap().values().stream())
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    /** Dashboard, alert rules and the operator's guide name only what the endpoint returns. */
    private static void everyMetricThatWeShipIsThere(String metrics) throws IOException {
        Set<String> returned = names(metrics);
        for (String file : List.of(
                "config/observability/grafana-dashboard.json",
                "config/observability/alerts.yaml",
                "docs/operator.md")) {
            Set<String> named = names(Files.readString(Path.of(file)));
            assertThat(named).as(file).isNotEmpty();
            assertThat(returned).as(file).containsAll(named);
        }
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private static Set<String> labels(String metrics) {
        Set<String> values = new TreeSet<>();
        Matcher matcher = Pattern.compile("(\\w+)=\"([^\"]*)\"").matcher(metrics);
        while (matcher.find()) {
            if (!matcher.group(1).equals("le")) {
                values.add(matcher.group(1) + "=" + matcher.group(2).toLowerCase(Locale.ROOT));
            }
        }
        return values;
    }

    private static String everythingInJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> all = new ArrayList<>();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            all.add(name.toString());
            String[] attributes = java.util.Arrays.stream(
                            server.getMBeanInfo(name).getAttributes())
                    .filter(MBeanAttributeInfo::isReadable)
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            for (Attribute attribute : server.getAttributes(name, attributes).asList()) {
                all.add(attribute.getName() + "=" + attribute.getValue());
            }
        }
        assertThat(all).hasSizeGreaterThan(50);
        return String.join("\n", all);
    }
}
