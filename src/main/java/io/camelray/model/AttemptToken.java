package io.camelray.model;

import java.util.UUID;

/** Our own name of one attempt, durable before its {@code POST}; also sent as {@code X-Request-Id}, for tracing only. */
public record AttemptToken(UUID value) {

    public static AttemptToken parse(String text) {
        return new AttemptToken(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
