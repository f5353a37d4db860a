package io.camelray.provider;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A reply as it came: untrusted, and already bounded in size.
 *
 * @param headers the last value of each, by name in any case
 * @param truncated whether the body was longer than we read, or broke off
 */
public record WireReply(int status, Map<String, String> headers, byte[] body, boolean truncated) {

    public WireReply {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A header that holds a whole number that is not negative. */
    public Optional<Long> number(String name) {
        return header(name)
                .map(String::trim)
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::valueOf);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
