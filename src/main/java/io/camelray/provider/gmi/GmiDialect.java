package io.camelray.provider.gmi;

import io.camelray.provider.Dialect;
import io.camelray.provider.ErrorText;
import io.camelray.provider.WireReply;
import java.time.Duration;

/** GMI's error bodies; it documents no headers (ray-api §1.2.5), so limits are learned from what refusals give away. */
final class GmiDialect implements Dialect {

    /** The quota is by the hour, so a short wait would only be refused again. */
    private static final Duration WAIT = Duration.ofSeconds(60);

    @Override
    public String speaker() {
        return "GMI";
    }

    @Override
    public String jobIdField() {
        return "request_id";
    }

    @Override
    public String message(WireReply reply) {
        return ErrorText.of(reply, "error", "message", "detail");
    }

    @Override
    public Duration unnamedWait(boolean concurrency) {
        return WAIT;
    }
}
