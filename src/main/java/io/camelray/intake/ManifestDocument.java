package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A manifest that could be read.
 *
 * @param adHoc whether it was made of one request's options: then its name is one that no manifest can take, and its
 *     texts are no templates
 */
record ManifestDocument(String text, JsonNode root, Places places, boolean adHoc) {

    ManifestDocument ofRequest() {
        return new ManifestDocument(text, root, places, true);
    }
}
