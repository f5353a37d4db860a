package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The manifest's JSON Schema: what is written must have this shape before anybody asks what it means. */
final class ManifestSchema {

    /** In the jar; the same file as {@code config/manifest.schema.json}. */
    static final String RESOURCE = "/manifest.schema.json";

    private final JsonSchema schema;
    private final Set<String> names;

    ManifestSchema() {
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .build();
        try (InputStream in = ManifestSchema.class.getResourceAsStream(RESOURCE)) {
            JsonNode tree = new ObjectMapper().readTree(in);
            names = Set.copyOf(tree.path("properties")
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !name.startsWith("$")) // for editors
                    .toList());
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(tree, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whatever has the wrong shape, each place once. */
    void check(ManifestDocument document, FieldRules rules, Violations violations) {
        SchemaSentences sentences = new SchemaSentences(document, names, rules, violations);
        Map<String, List<ValidationMessage>> byPlace = schema.validate(document.root()).stream()
                .collect(Collectors.groupingBy(ManifestSchema::subject, LinkedHashMap::new, Collectors.toList()));
        byPlace.values().forEach(sentences::tell);
    }

    private static String subject(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        return message.getProperty() == null ? pointer : Places.child(pointer, message.getProperty());
    }
}
