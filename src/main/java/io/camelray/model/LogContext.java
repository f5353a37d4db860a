package io.camelray.model;

import java.util.Optional;
import org.slf4j.MDC;

/**
 * What a thread works on, for the lines that it logs meanwhile: {@code campaign} and {@code render} in the diagnostic
 * context. Close it on the thread that opened it; what was there before comes back.
 */
public final class LogContext implements AutoCloseable {

    private static final String CAMPAIGN = "campaign";
    private static final String RENDER = "render";

    private final Optional<String> campaignBefore = Optional.ofNullable(MDC.get(CAMPAIGN));
    private final Optional<String> renderBefore = Optional.ofNullable(MDC.get(RENDER));

    private LogContext(String campaign, String render) {
        put(CAMPAIGN, Optional.ofNullable(campaign));
        put(RENDER, Optional.ofNullable(render));
    }

    /** @param campaign null: none @param render null: none */
    public static LogContext of(String campaign, String render) {
        return new LogContext(campaign, render);
    }

    /** The same for a render that is known. */
    public static LogContext of(String campaign, RenderId render) {
        return new LogContext(campaign, render.toString());
    }

    private static void put(String name, Optional<String> value) {
        value.ifPresentOrElse(text -> MDC.put(name, text), () -> MDC.remove(name));
    }

    @Override
    public void close() {
        put(CAMPAIGN, campaignBefore);
        put(RENDER, renderBefore);
    }
}
