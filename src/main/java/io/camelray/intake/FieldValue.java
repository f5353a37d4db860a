package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;

/** A value as a manifest writes it, and where. */
record FieldValue(JsonNode node, String pointer) {}
