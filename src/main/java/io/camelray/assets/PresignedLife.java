package io.camelray.assets;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a URL lives, read from its query: the signatures of S3 (both generations), Google, Azure and CloudFront.
 *
 * @param signed whether it carries a signature at all
 * @param until when it ends; empty if it is not signed, or does not say in a form that is known
 */
public record PresignedLife(boolean signed, Optional<Instant> until) {

    private static final PresignedLife UNSIGNED = new PresignedLife(false, Optional.empty());
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern EPOCH_TIME = Pattern.compile("\"AWS:EpochTime\"\\s*:\\s*(\\d{1,12})");

    public static PresignedLife of(String url) {
        return UrlGuard.parse(url).map(PresignedLife::of).orElse(UNSIGNED);
    }

    static PresignedLife of(URI url) {
        Map<String, String> query = query(url);
        if (query.containsKey("x-amz-signature") || query.containsKey("x-amz-expires")) {
            return signed(() -> from(query.getOrDefault("x-amz-date", ""), query.getOrDefault("x-amz-expires", "")));
        }
        if (query.containsKey("x-goog-signature") || query.containsKey("x-goog-expires")) {
            return signed(() -> from(query.getOrDefault("x-goog-date", ""), query.getOrDefault("x-goog-expires", "")));
        }
        if (query.containsKey("sig") && query.containsKey("se")) {
            return signed(() -> azure(query.get("se")));
        }
        if (query.containsKey("policy") && query.containsKey("signature")) {
            return signed(() -> cloudFront(query.get("policy")));
        }
        if (query.containsKey("expires")) {
            return signed(() -> Instant.ofEpochSecond(Long.parseLong(query.get("expires"))));
        }
        return query.containsKey("signature") ? new PresignedLife(true, Optional.empty()) : UNSIGNED;
    }

    /** Whether it has ended for certain. */
    public boolean isOver(Instant now) {
        return until.isPresent() && !until.get().isAfter(now);
    }

    /** Whether it lives so long for certain. */
    public boolean lasts(Instant now, Duration margin) {
        return !signed || until.isPresent() && !until.get().isBefore(now.plus(margin));
    }

    private interface Reading {
        Instant read();
    }

    private static PresignedLife signed(Reading reading) {
        try {
            return new PresignedLife(true, Optional.of(reading.read()));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return new PresignedLife(true, Optional.empty());
        }
    }

    private static Instant from(String date, String seconds) {
        return Instant.from(BASIC.parse(date)).plusSeconds(Long.parseLong(seconds));
    }

    private static Instant azure(String end) {
        return end.length() == 10
                ? Instant.parse(end + "T00:00:00Z")
                : OffsetDateTime.parse(end).toInstant();
    }

    private static Instant cloudFront(String policy) {
        String base64 = policy.replace('-', '+').replace('_', '=').replace('~', '/');
        Matcher time = EPOCH_TIME.matcher(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        if (!time.find()) {
            throw new DateTimeException("The policy names no end");
        }
        return Instant.ofEpochSecond(Long.parseLong(time.group(1)));
    }

    private static Map<String, String> query(URI url) {
        Map<String, String> parameters = new HashMap<>();
        if (url.getRawQuery() != null) {
            for (String pair : url.getRawQuery().split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.put(name.toLowerCase(Locale.ROOT), decoded(value));
            }
        }
        return parameters;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
