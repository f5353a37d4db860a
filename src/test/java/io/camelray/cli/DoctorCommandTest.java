package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} finds, without spending anything. */
class DoctorCommandTest {

    @TempDir
    Path home;

    private Map<String, String> doctor(int expectedStatus, String... settings) throws Exception {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("doctor", "--json", "--home", home.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        int status =
                CamelRay.commandLine().setOut(new PrintWriter(out, true)).execute(arguments.toArray(String[]::new));
        JsonNode document = new ObjectMapper().readTree(out.toString());
        Map<String, String> findings = new HashMap<>();
        document.path("findings")
                .forEach(finding -> findings.put(
                        finding.path("what").asText(),
                        finding.path("health").asText() + ": "
                                + finding.path("sentence").asText()));
        assertThat(status).as(findings.toString()).isEqualTo(expectedStatus);
        return findings;
    }

    @Test
    void a_sound_installation_is_found_sound_and_nothing_is_asked_of_the_account() throws Exception {
        Path key = Files.writeString(home.resolve("key"), "luma-api-from-a-file\n");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build())) {
            Map<String, String> findings = doctor(
                    ExitStatus.GOOD,
                    "camel.component.ray.luma-api-key=file:" + key,
                    "camel.component.ray.luma-base-url=" + sandbox.lumaBaseUrl());

            assertThat(findings.get("key luma")).isEqualTo("ok: set");
            assertThat(findings.get("way to luma")).startsWith("ok: 127.0.0.1 answers");
            assertThat(findings.get("home")).startsWith("ok").contains("GB free");
            assertThat(findings.get("destination")).startsWith("ok");
            assertThat(findings.toString()).doesNotContain("luma-api-from-a-file");
            assertThat(sandbox.ledger().posts()).isZero();
            assertThat(sandbox.ledger().leakedAuthorization()).isZero();
        }
    }

    @Test
    void a_missing_key_a_closed_way_and_a_wrong_property_are_told_with_what_to_do() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Map<String, String> findings = doctor(
                ExitStatus.USAGE,
                "camel.component.ray.luma-api-key=file:" + home.resolve("nothing-here"),
                "camel.component.ray.luma-base-url=http://127.0.0.1:" + closed);
        assertThat(findings.get("key luma")).startsWith("wrong: missing");
        assertThat(findings.get("way to luma")).startsWith("wrong").contains("ray.http.proxy");

        assertThat(doctor(ExitStatus.USAGE, "ray.retention.reports=1d").get("properties"))
                .contains("ray.retention.reports", "8d");
        assertThat(doctor(ExitStatus.USAGE, "ray.http.proxy=socks://somewhere").get("properties"))
                .contains("ray.http.proxy");
        assertThat(doctor(ExitStatus.USAGE, "ray.log.format=xml").get("properties"))
                .contains("ray.log.format");
    }
}
