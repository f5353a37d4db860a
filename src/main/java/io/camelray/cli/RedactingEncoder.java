package io.camelray.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Writes what another encoder writes, without secrets. */
final class RedactingEncoder extends EncoderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> inner;
    private final Redactor redactor;

    /** @param inner writes UTF-8, and is started with this one */
    RedactingEncoder(Encoder<ILoggingEvent> inner, Redactor redactor) {
        this.inner = inner;
        this.redactor = redactor;
    }

    @Override
    public void start() {
        inner.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return inner.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return redactor.redact(new String(inner.encode(event), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return inner.footerBytes();
    }
}
