package io.camelray.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One request as it came in.
 *
 * @param origin {@code api}, {@code replicate} or {@code storage}
 * @param path with its query
 * @param headers the value of {@code Authorization} replaced by stars
 * @param body as text, the first 16 KiB of it
 */
public record WireEntry(
        Instant at, String origin, String method, String path, Map<String, List<String>> headers, String body) {}
