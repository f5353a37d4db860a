package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.util.FileSize;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line of the log holds, and what it never does. */
class LoggingTest {

    private static final String KEY = "a/key\\of-\"an\"-account";

    @Test
    void a_line_as_json_names_campaign_and_render_and_hides_secrets() throws Exception {
        LoggerContext context = new LoggerContext();
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithFormattedMessage(true);
        Redactor redactor = new Redactor();
        redactor.hide(List.of(KEY));
        RedactingEncoder encoder = new RedactingEncoder(json, redactor);
        encoder.start();
        LoggingEvent event = new LoggingEvent(
                "here",
                context.getLogger("io.camelray.engine"),
                Level.WARN,
                "refused {} for https://s3.example.com/clip.mp4?X-Amz-Signature=0123abcd&x=1",
                null,
                new Object[] {KEY});
        event.setMDCPropertyMap(Map.of("campaign", "spring-mugs", "render", "R17"));

        JsonNode line = new ObjectMapper().readTree(new String(encoder.encode(event), StandardCharsets.UTF_8));

        assertThat(line.at("/mdc/campaign").asText()).isEqualTo("spring-mugs");
        assertThat(line.at("/mdc/render").asText()).isEqualTo("R17");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("formattedMessage").asText())
                .contains("[redacted]")
                .contains("/clip.mp4");
        assertThat(line.path("formattedMessage").asText()).doesNotContain(KEY).doesNotContain("0123abcd");
        assertThat(line.toString()).doesNotContain("of-");
    }

    @Test
    void a_file_of_the_largest_size_is_followed_by_the_next_and_no_line_is_lost(@TempDir Path folder) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Appender<ILoggingEvent> appender = Logging.file(
                folder.resolve("ray.log"),
                new LogSettings(
                        false, Optional.empty(), FileSize.valueOf("2KB"), 3, FileSize.valueOf("1MB"), Level.INFO),
                context);
        List<String> written = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            written.add("line " + number + " " + "x".repeat(90));
            appender.doAppend(new LoggingEvent(
                    "here", context.getLogger("io.camelray"), Level.INFO, written.get(number), null, null));
        }
        appender.stop();
        // What is followed by another is compressed beside the program, and lies there as .tmp until then.
        await().atMost(Duration.ofMinutes(1)).until(() -> !isCompressing(folder));
        context.stop();

        List<String> found = new ArrayList<>();
        int files = 0;
        Path next = rolled(folder, files);
        while (Files.exists(next)) {
            String text = unpacked(next);
            List<String> lines = text.lines().toList();
            int last = lines.get(lines.size() - 1).length() + 1;
            assertThat(text.length()).as(next.toString()).isBetween(2048, 2048 + last);
            found.addAll(lines);
            next = rolled(folder, ++files);
        }
        found.addAll(Files.readAllLines(folder.resolve("ray.log")));
        assertThat(files).isGreaterThan(3);
        assertThat(found).hasSameSizeAs(written);
        for (int number = 0; number < written.size(); number++) {
            assertThat(found.get(number)).endsWith(written.get(number));
        }
    }

    @Test
    void a_key_that_became_known_later_is_hidden_as_the_earlier_ones_are(@TempDir Path folder) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Appender<ILoggingEvent> appender = Logging.file(
                folder.resolve("ray.log"),
                new LogSettings(
                        false, Optional.empty(), FileSize.valueOf("2KB"), 3, FileSize.valueOf("1MB"), Level.INFO),
                context);
        Logging.hide("eyJhbGciOi-old");
        Logging.hide("eyJhbGciOi-new");
        appender.doAppend(new LoggingEvent(
                "here",
                context.getLogger("io.camelray"),
                Level.INFO,
                "before eyJhbGciOi-old between eyJhbGciOi-new after",
                null,
                null));
        appender.stop();

        assertThat(Files.readString(folder.resolve("ray.log")).strip())
                .endsWith("before [redacted] between [redacted] after");
    }

    private static boolean isCompressing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    private static Path rolled(Path folder, int number) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("." + number + ".gz"))
                    .findFirst()
                    .orElse(folder.resolve("none"));
        }
    }

    private static String unpacked(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer canary-4711-canary",
                "https://x/y?a=b&X-Amz-Credential=canary-4711",
                "https://x/y?token=canary-4711",
                "luma-api-canary-4711",
                "r8_canary4711canary"
            })
    void what_looks_like_a_secret_is_hidden(String text) {
        assertThat(new Redactor().redact("before " + text + " after"))
                .startsWith("before ")
                .endsWith(" after")
                .doesNotContain("canary");
    }

    @Test
    void a_wrong_setting_is_told_with_its_name() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "ray.log.format", "json",
                "ray.log.level", "debug",
                "ray.log.file", "",
                "ray.log.max-size", "20MB",
                "ray.log.keep-days", "14",
                "ray.log.total", "1GB"));
        assertThat(LogSettings.of(properties::get).json()).isTrue();
        for (String name : List.of("format", "level", "max-size", "keep-days", "total")) {
            Map<String, String> wrong = new HashMap<>(properties);
            wrong.put("ray.log." + name, "much");
            assertThatThrownBy(() -> LogSettings.of(wrong::get)).hasMessageContaining("ray.log." + name);
        }
    }
}
