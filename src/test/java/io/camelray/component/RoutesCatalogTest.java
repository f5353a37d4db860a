package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Camel's own tools would say about our routes, our component and our properties. */
class RoutesCatalogTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
    private static final Pattern STARTUP_ORDER = Pattern.compile("startupOrder: (\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static CamelCatalog catalog;
    private static Properties properties;
    private static JsonSchema schema;

    @BeforeAll
    static void readCatalogAndProperties() throws IOException {
        catalog = new DefaultCamelCatalog();
        try (InputStream ray = RayComponent.class.getResourceAsStream("/META-INF/io/camelray/component/ray.json")) {
            catalog.addComponent(
                    "ray", RayComponent.class.getName(), new String(ray.readAllBytes(), StandardCharsets.UTF_8));
        }
        try (InputStream yaml = RoutesCatalogTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(yaml);
        }
        properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("config/application.properties"))) {
            properties.load(reader);
        }
    }

    static List<Path> routes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_routes_of_the_design_are_there() throws IOException {
        assertThat(routes().stream().map(file -> file.getFileName().toString()))
                .contains(
                        "intake-folder.camel.yaml",
                        "submit.camel.yaml",
                        "deliver.camel.yaml",
                        "errors.camel.yaml",
                        "events.camel.yaml",
                        "retry.camel.yaml");
    }

    /** Two that share a number cannot be switched on together. */
    @Test
    void every_route_has_a_place_of_its_own_in_the_order_of_starting() throws IOException {
        List<String> orders = new ArrayList<>();
        for (Path file : routes()) {
            Matcher order = STARTUP_ORDER.matcher(Files.readString(file));
            while (order.find()) {
                orders.add(order.group(1));
            }
        }
        assertThat(orders).hasSameSizeAs(routes()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_route_file_keeps_to_camels_yaml_schema(Path file) throws IOException {
        keepsToSchema(tree(file));
    }

    private static void keepsToSchema(JsonNode routes) {
        assertThat(schema.validate(routes)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_route_says_what_it_does(Path file) throws IOException {
        tree(file).forEach(entry -> assertThat(
                        entry.path("route").path("description").asText())
                .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_endpoint_of_a_route_is_one_that_camel_or_we_know(Path file) throws IOException {
        List<String> uris = new ArrayList<>();
        collect(tree(file), uris);

        assertThat(uris).isNotEmpty();
        for (String uri : uris) {
            if (resolve(uri).isEmpty()) {
                // What is not there unless it is asked for
                assertThat(uri).isIn("{{ray.channel.events}}", "{{ray.intake.uri}}", "{{ray.notify.uri}}");
                continue;
            }
            EndpointValidationResult result = catalog.validateEndpointProperties(resolve(uri));
            assertThat(result.isSuccess())
                    .as("%s: %s", uri, result.summaryErrorMessage(false))
                    .isTrue();
        }
    }

    /** Other stores than ours: their components are not on our class path, but Camel's catalogue knows them. */
    @Test
    void every_route_in_the_documentation_of_delivery_is_valid() throws IOException {
        List<JsonNode> documented = new ArrayList<>();
        Matcher blocks =
                Pattern.compile("(?s)```yaml\n(- route:.*?)```").matcher(Files.readString(Path.of("docs/delivery.md")));
        while (blocks.find()) {
            documented.add(JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(blocks.group(1))));
        }
        assertThat(documented).hasSize(2);
        for (JsonNode route : documented) {
            keepsToSchema(route);
            List<String> uris = new ArrayList<>();
            collect(route, uris);
            assertThat(uris).hasSize(2);
            for (String uri : uris) {
                EndpointValidationResult result = catalog.validateEndpointProperties(resolve(uri));
                assertThat(result.isSuccess())
                        .as("%s: %s", uri, result.summaryErrorMessage(false))
                        .isTrue();
            }
        }
    }

    @Test
    void every_component_property_that_we_ship_exists() {
        List<String> ours = properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("camel.component.ray."))
                .toList();

        assertThat(ours).isNotEmpty();
        for (String name : ours) {
            ConfigurationPropertiesValidationResult result =
                    catalog.validateConfigurationProperty(name + "=" + resolve(properties.getProperty(name)));
            assertThat(result.getUnknown()).as(name).isNull();
        }
    }

    @Test
    void a_mistyped_option_is_an_error() {
        assertThat(catalog.validateEndpointProperties("ray:rendered?paralel=2").getUnknown())
                .containsExactly("paralel");
        assertThat(catalog.validateEndpointProperties("ray:reticulate").isSuccess())
                .isFalse();
    }

    @Test
    void keys_and_passwords_are_marked_as_secrets() throws IOException {
        JsonNode component = JSON.readTree(catalog.componentJSonSchema("ray"));

        assertThat(component
                        .path("componentProperties")
                        .path("lumaApiKey")
                        .path("secret")
                        .asBoolean())
                .isTrue();
        assertThat(component
                        .path("componentProperties")
                        .path("ledgerPassword")
                        .path("secret")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void every_header_of_ours_is_filtered_at_camels_borders() throws IOException {
        JsonNode headers = JSON.readTree(catalog.componentJSonSchema("ray")).path("headers");

        assertThat(headers.fieldNames()).toIterable().isNotEmpty().allMatch(name -> name.startsWith("CamelRay"));
    }

    private static JsonNode tree(Path file) throws IOException {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static void collect(JsonNode node, List<String> uris) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isTextual() && Set.of("to", "toD", "from").contains(field.getKey())) {
                uris.add(value.asText());
            } else if (field.getKey().equals("uri")) {
                uris.add(withParameters(value.asText(), node.path("parameters")));
            }
        });
        node.forEach(child -> collect(child, uris));
    }

    private static String withParameters(String uri, JsonNode parameters) {
        if (parameters.isEmpty()) {
            return uri;
        }
        return uri
                + parameters.properties().stream()
                        .map(Map.Entry::getKey)
                        .map(name -> name + "="
                                + URLEncoder.encode(resolve(parameters.get(name).asText()), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String resolve(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.find()
                ? resolve(placeholder.replaceFirst(found -> {
                    String name = found.group(1);
                    String value = name.startsWith("env:") ? "" : properties.getProperty(name);
                    assertThat(value).as("property %s", name).isNotNull();
                    return Matcher.quoteReplacement(value);
                }))
                : text;
    }
}
