package io.camelray.provider;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads from a presigned URL itself when it dies (R100): S3's and Google's query parameters. */
public final class UrlExpiry {

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

    private UrlExpiry() {}

    public static Optional<Instant> of(String url) {
        try {
            Map<String, String> query = query(URI.create(url));
            return signed(query, "x-amz-").or(() -> signed(query, "x-goog-")).or(() -> epoch(query));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> signed(Map<String, String> query, String prefix) {
        String date = query.get(prefix + "date");
        String expires = query.get(prefix + "expires");
        if (date == null || expires == null) {
            return Optional.empty();
        }
        Instant minted = LocalDateTime.parse(date, BASIC).toInstant(ZoneOffset.UTC);
        return Optional.of(minted.plus(Duration.ofSeconds(Long.parseLong(expires))));
    }

    private static Optional<Instant> epoch(Map<String, String> query) {
        return Optional.ofNullable(query.get("expires")).map(Long::parseLong).map(Instant::ofEpochSecond);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        String raw = uri.getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    values.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
                }
            }
        }
        return values;
    }
}
