package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
