package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;

/** A manifest that could be read. */
record ManifestDocument(String text, JsonNode root, Places places) {}
