package io.camelray.provider.luma;

import io.camelray.provider.Dialect;
import io.camelray.provider.ErrorText;
import io.camelray.provider.ReplyJson;
import io.camelray.provider.WireReply;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Luma's error bodies and headers (ray-api §1.1.9, §1.1.12). */
final class LumaDialect implements Dialect {

    private static final Duration CONCURRENCY_WAIT = Duration.ofSeconds(60);
    private static final Duration RATE_WAIT = Duration.ofSeconds(5);

    private final boolean trustUnavailable;

    LumaDialect(boolean trustUnavailable) {
        this.trustUnavailable = trustUnavailable;
    }

    @Override
    public String speaker() {
        return "Luma";
    }

    @Override
    public String jobIdField() {
        return "id";
    }

    @Override
    public String message(WireReply reply) {
        return ErrorText.of(reply, "detail");
    }

    @Override
    public boolean isConcurrency(WireReply throttled) {
        return throttled.header("X-RateLimit-Limit").isEmpty()
                && message(throttled).toLowerCase(Locale.ROOT).contains("concurrent");
    }

    @Override
    public Duration unnamedWait(boolean concurrency) {
        return concurrency ? CONCURRENCY_WAIT : RATE_WAIT;
    }

    @Override
    public Optional<Integer> requestsPerMinute(WireReply reply) {
        return reply.number("X-RateLimit-Limit")
                .filter(limit -> limit >= 1 && limit <= 100_000)
                .map(Long::intValue);
    }

    /** A proxy's 502 may hide an accepted job; Luma's own bears its marks. */
    @Override
    public boolean provesUnavailable(WireReply reply) {
        boolean ownWords = ReplyJson.object(reply)
                .map(body -> body.path("detail").isTextual())
                .orElse(false);
        boolean ownMarks = reply.header("X-API-Version").isPresent()
                || reply.header("X-Request-Id").isPresent();
        return trustUnavailable && ownWords && ownMarks;
    }
}
