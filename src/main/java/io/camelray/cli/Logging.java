package io.camelray.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Chooses our log configuration, unless the user names one, and later brings in what the properties say of it. */
final class Logging {

    private static final String FILE = "logback.configurationFile";
    private static final String OURS = "io/camelray/cli/logback.xml";
    private static final Redactor REDACTOR = new Redactor();

    /** What traces need to know when they are switched on, unless the environment says otherwise. */
    private static final Map<String, String> TRACES = Map.of(
            "otel.java.global-autoconfigure.enabled", "true",
            "otel.service.name", "camel-ray",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private Logging() {}

    /** Call before anything logs. */
    static void configure() {
        if (System.getProperty(FILE) == null) {
            System.setProperty(FILE, OURS);
        }
        TRACES.forEach((name, value) -> {
            String variable = name.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
            if (System.getProperty(name) == null && System.getenv(variable) == null) {
                System.setProperty(name, value);
            }
        });
    }

    /** Never writes this secret from now on, as {@link #apply} says of others. Any thread. */
    static void hide(String secret) {
        REDACTOR.hide(List.of(secret));
    }

    /** Writes as the properties say, and never these secrets. A log configuration of the user's own is left as it is. */
    static void apply(LogSettings settings, Collection<String> secrets) {
        REDACTOR.hide(secrets);
        if (!OURS.equals(System.getProperty(FILE)) || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
            return;
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        console.setName("console");
        Appender<ILoggingEvent> started = started(console, settings, context);
        root.detachAndStopAllAppenders();
        root.addAppender(started);
        settings.file().ifPresent(file -> root.addAppender(file(file, settings, context)));
        context.getLogger("io.camelray").setLevel(settings.level());
    }

    /** Each file ends with the line that makes it reach its largest size. */
    static Appender<ILoggingEvent> file(Path file, LogSettings settings, LoggerContext context) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file.toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%d{yyyy-MM-dd}.%i.gz");
        rolling.setMaxFileSize(settings.maxSize());
        rolling.setMaxHistory(settings.keep());
        rolling.setTotalSizeCap(settings.total());
        rolling.start();
        appender.setRollingPolicy(rolling);
        return started(appender, settings, context);
    }

    private static Appender<ILoggingEvent> started(
            OutputStreamAppender<ILoggingEvent> appender, LogSettings settings, LoggerContext context) {
        RedactingEncoder encoder = new RedactingEncoder(encoder(settings, context), REDACTOR);
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> encoder(LogSettings settings, LoggerContext context) {
        EncoderBase<ILoggingEvent> encoder;
        if (settings.json()) {
            JsonEncoder json = new JsonEncoder();
            json.setWithSequenceNumber(false);
            json.setWithNanoseconds(false);
            json.setWithContext(false);
            json.setWithFormattedMessage(true);
            json.setWithMessage(false);
            json.setWithArguments(false);
            encoder = json;
        } else {
            PatternLayoutEncoder text = new PatternLayoutEncoder();
            text.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%ex{0}");
            text.setCharset(StandardCharsets.UTF_8);
            encoder = text;
        }
        encoder.setContext(context);
        return encoder;
    }
}
