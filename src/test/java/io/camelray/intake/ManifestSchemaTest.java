package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.EditStrength;
import io.camelray.model.Labelled;
import io.camelray.model.Operation;
import io.camelray.model.Place;
import io.camelray.model.PoseStrength;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSchemaTest {

    private static final String GOOD = "campaign: spring\nprompt: A mug\n";

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "budget: much         | 9  | /budget            | 'budget' cannot be the text 'much'.",
                "budget: -1           | 9  | /budget            | 'budget' is out of range: -1.",
                "budget: .inf         | 9  | /budget            | 'budget' cannot be the text '.inf'.",
                "priority: high       | 11 | /priority          | 'priority' cannot be the text 'high'.",
                "maxRenders: 0        | 13 | /maxRenders        | 'maxRenders' is out of range: 0.",
                "maxRenders: 1.5      | 13 | /maxRenders        | 'maxRenders' cannot be the number 1.5.",
                "stopAfterFailures: x | 20 | /stopAfterFailures | 'stopAfterFailures' cannot be the text 'x'.",
                "defaults: 720p       | 11 | /defaults          | 'defaults' cannot be the text '720p'.",
                "matrix: [a]          | 9  | /matrix            | 'matrix' cannot be a list.",
                "matrix: { sku: a }   | 16 | /matrix/sku        | 'matrix.sku' cannot be the text 'a'.",
                "matrix: { sku: [] }  | 16 | /matrix/sku        | 'matrix.sku' is empty.",
                "matrix: { 's u': [a] } | 11 | /matrix/s u      | 's u' is not the name of an axis.",
                "matrix: { cell: [a] } | 11 | /matrix/cell      | An axis cannot be called 'cell'; templates use that name for something else.",
                "matrix: { sku: [a, {name: b}] } | 20 | /matrix/sku/1 | 'id' is missing in 'matrix.sku.1'.",
                "deliver: s3://x      | 10 | /deliver           | 'deliver' cannot be the text 's3://x'.",
                "aspectRatio: '2:3'   | 14 | /aspectRatio       | '2:3' is not an aspect ratio that Ray 3.2 offers.",
                "resolution: 4k       | 13 | /resolution        | '4k' is not a resolution that Ray 3.2 offers.",
                "duration: 5          | 11 | /duration          | '5' is not a duration that Ray 3.2 offers.",
                "hdr: yes             | 6  | /hdr               | 'hdr' cannot be the text 'yes'.",
                "loop: 1              | 7  | /loop              | 'loop' cannot be the number 1.",
                "exrExport: ''        | 12 | /exrExport         | 'exrExport' cannot be the text ''.",
                "resolution:          | 12 | /resolution        | 'resolution' cannot be empty."
            })
    void a_value_of_the_wrong_shape_is_told_once_where_it_stands(
            String field, int column, String pointer, String message) {
        Violation violation = Manifests.only(GOOD + field + "\n");

        assertThat(violation.place()).isEqualTo(new Place(pointer, 3, column));
        assertThat(violation.message()).isEqualTo(message);
        assertThat(violation.severity()).isEqualTo(Severity.ERROR);
        assertThat(violation.remedy()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "promt, prompt", "Budget, budget", "aspect_ratio, aspectRatio", "aspectratio, aspectRatio",
        "resolutoin, resolution", "exrexport, exrExport", "prority, priority", "delivery, deliver"
    })
    void an_unknown_field_comes_with_a_suggestion(String written, String meant) {
        Violation violation = Manifests.only(GOOD + written + ": x\n");

        assertThat(violation.rule()).isEqualTo("unknown-field");
        assertThat(violation.place()).isEqualTo(new Place("/" + written, 3, 1));
        assertThat(violation.message()).isEqualTo("There is no field '" + written + "'.");
        assertThat(violation.remedy()).isEqualTo("Did you mean '" + meant + "'?");
    }

    @Test
    void an_unknown_field_like_no_other_comes_with_the_known_ones() {
        assertThat(Manifests.only(GOOD + "seed: 4711\n").remedy())
                .startsWith("Known here: account, aspectRatio, budget, campaign");
        assertThat(Manifests.only(GOOD + "deliver: { too: x }\n").remedy()).isEqualTo("Did you mean 'to'?");
        assertThat(Manifests.only(GOOD + "defaults: { reslution: 720p }\n").remedy())
                .isEqualTo("Did you mean 'resolution'?");
    }

    @Test
    void a_provider_is_known_and_has_an_account() {
        assertThat(Manifests.violations(GOOD + "provider: replicate\n"))
                .extracting(Violation::message)
                .contains("There is no account for provider 'replicate'.");
        assertThat(Manifests.only(GOOD + "provider: acme\n").message())
                .isEqualTo("'provider' cannot be the text 'acme'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Spring", "-spring", "spring mugs", "späti", "a/b", "..", "''", "'${x}'"})
    void a_campaign_has_a_plain_name(String name) {
        assertThat(Manifests.violations("campaign: " + name + "\nprompt: A mug\n"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.place()).isEqualTo(new Place("/campaign", 1, 11));
                    assertThat(violation.remedy()).startsWith("Use 1 to 63 small letters");
                });
    }

    @Test
    void a_campaign_cannot_end_in_a_line_break_or_be_too_long() {
        assertThat(Manifests.violations("campaign: \"spring\\n\"\nprompt: A mug\n"))
                .hasSize(1);
        assertThat(Manifests.violations("campaign: " + "a".repeat(64) + "\nprompt: A mug\n"))
                .hasSize(1);
        assertThat(Manifests.violations("campaign: " + "a".repeat(63) + "\nprompt: A mug\n"))
                .isEmpty();
        assertThat(Manifests.only("prompt: A mug\n").message()).isEqualTo("'campaign' is missing.");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_and_in_order() {
        assertThat(
                        Manifests.violations(
                                """
                        campaign: spring
                        promt: A mug
                        resolution: 4k
                        duration: 10s
                        hdr: true
                        deliver: { to: "s3://elsewhere", key: "/{{cell}}" }
                        """))
                .extracting(Violation::rule)
                .containsExactly("R06", "unknown-field", "R23", "R29", "key", "R44", "deliver");
    }

    @Test
    void a_prompt_beyond_all_measure_is_told_by_schema_and_by_rule() {
        assertThat(Manifests.violations("campaign: spring\nprompt: " + "x".repeat(20_001) + "\n"))
                .extracting(Violation::message)
                .containsExactly("'prompt' is too long.", "The prompt has 20001 characters; at most 6000 are taken.");
    }

    @Test
    void an_empty_include_is_told_once() {
        assertThat(Manifests.only(GOOD + "matrix: { sku: [a], include: [ {} ] }\n")
                        .message())
                .isEqualTo("'matrix.include.0' is empty.");
    }

    @Test
    void a_whole_number_may_be_written_with_a_point() {
        assertThat(Manifests.only(GOOD + "maxRenders: 1.0\nmatrix: { take: [1, 2] }\n")
                        .rule())
                .isEqualTo("max-renders");
    }

    @Test
    void the_packaged_schema_is_the_one_for_editors() throws Exception {
        try (InputStream packaged = ManifestSchema.class.getResourceAsStream(ManifestSchema.RESOURCE)) {
            assertThat(packaged.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("config/manifest.schema.json")));
        }
    }

    @Test
    void the_schema_lists_what_the_code_knows_and_describes_every_field() throws Exception {
        JsonNode schema = new ObjectMapper().readTree(Files.readAllBytes(Path.of("config/manifest.schema.json")));

        assertThat(labels(schema, "aspectRatio")).isEqualTo(Labelled.labels(AspectRatio.class));
        assertThat(labels(schema, "resolution")).isEqualTo(Labelled.labels(Resolution.class));
        assertThat(labels(schema, "duration")).isEqualTo(Labelled.labels(ClipLength.class));
        assertThat(join(schema.at("/properties/priority/enum"))).isEqualTo(Labelled.labels(Priority.class));
        assertThat(schema.at("/properties/defaults/properties").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(RenderField.labels());
        assertThat(labels(schema, "direction")).isEqualTo(Labelled.labels(Direction.class));
        assertThat(join(schema.at("/properties/provider/enum"))).isEqualTo(Labelled.labels(ProviderName.class));
        assertThat(join(schema.at("/$defs/edit/properties/strength/anyOf/0/enum")))
                .isEqualTo(Labelled.labels(EditStrength.class));
        assertThat(join(schema.at("/$defs/edit/properties/pose/anyOf/0/enum")))
                .isEqualTo(Labelled.labels(PoseStrength.class));
        assertThat(join(schema.at("/properties/steps/items/properties/operation/enum")))
                .isEqualTo(Labelled.labels(Operation.class));
        assertThat(schema.at("/properties/steps/items/properties").fieldNames())
                .toIterable()
                .containsAll(RenderField.labels());
        assertThat(schema.at("/properties/matrix/properties/include/items/properties")
                        .fieldNames())
                .toIterable()
                .containsExactlyElementsOf(RenderField.labels());
    }

    @Test
    void every_field_has_a_description_and_examples_that_the_schema_itself_accepts() throws Exception {
        JsonNode schema = new ObjectMapper().readTree(Files.readAllBytes(Path.of("config/manifest.schema.json")));
        Map<String, JsonNode> fields = new TreeMap<>();
        collect(schema, "", fields);

        assertThat(fields).hasSizeGreaterThan(60);
        fields.forEach((pointer, field) -> {
            JsonNode described = resolved(schema, field);
            assertThat(described.path("description").asText()).as(pointer).matches("(?s).*[.}]");
            assertThat(described.path("examples")).as(pointer).isNotEmpty();
            JsonSchema own = part(schema, pointer);
            described.path("examples").forEach(example -> assertThat(own.validate(example))
                    .as("%s: %s", pointer, example)
                    .isEmpty());
            if (described.has("default")) {
                assertThat(own.validate(described.path("default"))).as(pointer).isEmpty();
            }
        });
    }

    /** Every property of every object, by its pointer. */
    private static void collect(JsonNode node, String pointer, Map<String, JsonNode> fields) {
        node.properties().forEach(entry -> {
            String at = Places.child(pointer, entry.getKey());
            if (entry.getKey().equals("properties") && entry.getValue().isObject()) {
                entry.getValue()
                        .properties()
                        .forEach(field -> fields.put(Places.child(at, field.getKey()), field.getValue()));
            }
            collect(entry.getValue(), at, fields);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), Places.child(pointer, i), fields);
        }
    }

    private static JsonNode resolved(JsonNode schema, JsonNode field) {
        return field.has("description")
                ? field
                : schema.at(field.path("$ref").asText().substring(1));
    }

    /** What the schema says of one field. */
    private static JsonSchema part(JsonNode schema, String pointer) {
        ObjectNode field = schema.at(pointer).deepCopy();
        field.set("$defs", schema.path("$defs"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(field);
    }

    private static String labels(JsonNode schema, String field) {
        return join(schema.at("/$defs/" + field + "/anyOf/0/enum"));
    }

    private static String join(JsonNode list) {
        List<String> labels = StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return String.join(", ", labels);
    }
}
