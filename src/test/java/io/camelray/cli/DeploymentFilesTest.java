package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The container image and the deployments name only what is there, as far as that shows without running them. */
class DeploymentFilesTest {

    private static final Path COMPOSE = Path.of("compose.yaml");
    private static final Path KUBERNETES = Path.of("deploy/kubernetes/camel-ray.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{env:([A-Z_0-9]+)");

    private static Properties properties;
    private static String shipped;
    private static String dockerfile;

    @BeforeAll
    static void read() throws IOException {
        shipped = Files.readString(Path.of("config/application.properties"));
        properties = new Properties();
        properties.load(new java.io.StringReader(shipped));
        dockerfile = Files.readString(Path.of("Dockerfile"));
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(file))
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    private static JsonNode kind(String kind) throws IOException {
        return documents(KUBERNETES).stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode container() throws IOException {
        return kind("StatefulSet").at("/spec/template/spec/containers/0");
    }

    /** Variables that the properties read, and those that libraries do. */
    private static Set<String> variables() {
        Set<String> known = new TreeSet<>(Set.of("AWS_REGION"));
        Matcher matcher = VARIABLE.matcher(shipped);
        while (matcher.find()) {
            known.add(matcher.group(1));
        }
        return known;
    }

    @Test
    void every_variable_is_one_that_the_properties_read() throws IOException {
        Set<String> used = new TreeSet<>();
        kind("ConfigMap").path("data").fieldNames().forEachRemaining(used::add);
        JsonNode compose = documents(COMPOSE).get(0);
        compose.at("/x-node/environment").fieldNames().forEachRemaining(used::add);
        Matcher env = Pattern.compile("(?m)^(?:ENV|   ) ([A-Z][A-Z_]+)=").matcher(dockerfile);
        while (env.find()) {
            used.add(env.group(1));
        }

        assertThat(used).contains("RAY_OBSERVE_ENABLED", "RAY_LEDGER_URL");
        assertThat(variables()).containsAll(used);
    }

    @Test
    void every_property_that_is_set_exists() throws IOException {
        Set<String> set = new TreeSet<>();
        for (JsonNode arguments :
                List.of(container().path("args"), documents(COMPOSE).get(0).at("/x-node/command"))) {
            for (int i = 1; i < arguments.size(); i++) {
                if (arguments.get(i - 1).asText().equals("--set")) {
                    set.add(arguments.get(i).asText().split("=", 2)[0]);
                }
            }
        }

        assertThat(set).isNotEmpty();
        assertThat(properties.stringPropertyNames()).containsAll(set);
    }

    @Test
    void no_secret_stands_in_a_deployment() throws IOException {
        for (Map.Entry<String, JsonNode> entry : kind("ConfigMap").path("data").properties()) {
            if (entry.getKey().matches(".*(KEY|TOKEN|PASSWORD).*")) {
                assertThat(entry.getValue().asText()).as(entry.getKey()).startsWith("file:/run/secrets/camel-ray/");
            }
        }
        for (Map.Entry<String, JsonNode> entry :
                documents(COMPOSE).get(0).at("/x-node/environment").properties()) {
            if (entry.getKey().matches(".*(KEY|TOKEN|PASSWORD).*")) {
                assertThat(entry.getValue().asText()).as(entry.getKey()).startsWith("file:/run/secrets/");
            }
        }
    }

    @Test
    void probes_ask_what_the_program_answers_where_it_listens() throws IOException {
        int port = Integer.parseInt(properties.getProperty("ray.observe.port"));
        assertThat(container().at("/ports/0/containerPort").asInt()).isEqualTo(port);
        assertThat(container().at("/livenessProbe/httpGet/path").asText()).isEqualTo("/observe/health/live");
        assertThat(container().at("/startupProbe/httpGet/path").asText()).isEqualTo("/observe/health/live");
        assertThat(container().at("/readinessProbe/httpGet/path").asText()).isEqualTo("/observe/health/ready");
        assertThat(kind("StatefulSet")
                        .at("/spec/template/metadata/annotations/prometheus.io~1path")
                        .asText())
                .isEqualTo("/observe/metrics");
        assertThat(dockerfile)
                .contains("EXPOSE " + port)
                .contains(Probe.class.getName())
                .contains("http://127.0.0.1:" + port + "/observe/health/live");
    }

    @Test
    void stopping_is_given_more_time_than_the_program_takes() throws IOException {
        int own = Integer.parseInt(properties.getProperty("camel.main.shutdownTimeout"));
        assertThat(kind("StatefulSet")
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThan(own + 15);
        assertThat(documents(COMPOSE).get(0).at("/x-node/stop_grace_period").asText())
                .isEqualTo("60s");
    }

    @Test
    void nobody_is_root_and_only_the_volumes_are_written() throws IOException {
        String user = Pattern.compile("(?m)^USER (\\d+):\\d+$")
                .matcher(dockerfile)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(kind("StatefulSet")
                        .at("/spec/template/spec/securityContext/runAsUser")
                        .asText())
                .isEqualTo(user)
                .isNotEqualTo("0");
        assertThat(container().at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(documents(COMPOSE).get(0).at("/x-node/read_only").asBoolean())
                .isTrue();
        List<String> mounts = new ArrayList<>();
        container()
                .path("volumeMounts")
                .forEach(mount -> mounts.add(mount.path("mountPath").asText()));
        assertThat(mounts).contains("/tmp", "/var/lib/camel-ray");
        assertThat(dockerfile).contains("VOLUME /var/lib/camel-ray").contains("\"--home\", \"/var/lib/camel-ray\"");
    }

    @Test
    void what_the_image_copies_is_what_the_build_makes() {
        assertThat(dockerfile).contains("/build/target/camel-ray.jar").contains("/build/target/lib");
        Matcher copies = Pattern.compile("(?m)^COPY (?!--from)(\\S+) ").matcher(dockerfile);
        while (copies.find()) {
            assertThat(Path.of(copies.group(1))).exists();
        }
        assertThat(Pattern.compile("(?m)^#.*|^[A-Z]+ .*|^ {4}.*|^$")
                        .matcher(dockerfile)
                        .replaceAll("")
                        .strip())
                .as("lines that are no instruction")
                .isEmpty();
    }
}
