package io.camelray.assets;

import java.util.Map;

/**
 * What a store says about an object.
 *
 * @param entityTag without quotes
 * @param checksums Base64 by algorithm ({@code SHA256}, {@code CRC32}, {@code CRC32C}), of the full object only
 * @param metadata user metadata, keys in lower case
 */
public record StoredObject(
        long bytes,
        String entityTag,
        String contentType,
        Map<String, String> checksums,
        Map<String, String> metadata) {}
