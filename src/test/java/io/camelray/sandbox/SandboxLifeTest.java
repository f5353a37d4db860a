package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxLifeTest {

    @Test
    void aTakenPortIsNamed() {
        try (Sandbox first = Sandbox.start(SandboxOptions.builder().build())) {
            SandboxOptions same =
                    SandboxOptions.builder().apiPort(first.apiPort()).build();
            assertThatThrownBy(() -> Sandbox.start(same))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("port " + first.apiPort() + " is in use");
            SandboxOptions sameStorage = SandboxOptions.builder()
                    .storagePort(first.storageBaseUrl().getPort())
                    .build();
            assertThatThrownBy(() -> Sandbox.start(sameStorage)).hasMessageContaining("storage origin");
        }
    }

    @Test
    void aClosedSandboxGivesItsPortBack() {
        Sandbox first = Sandbox.start(SandboxOptions.builder().build());
        int port = first.apiPort();
        first.close();
        try (Sandbox second =
                Sandbox.start(SandboxOptions.builder().apiPort(port).build())) {
            assertThat(second.apiPort()).isEqualTo(port);
        }
    }

    @Test
    void allThreadsOfASandboxAreDaemons() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().build())) {
            new LumaCaller(sandbox).accepted(LumaCaller.TEXT_TO_VIDEO);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("sandbox-")
                            || thread.getName().equals("HTTP-Dispatcher"))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void withAStateFilePaidGenerationsOutliveARestart(@TempDir Path folder) throws IOException {
        FakeClock clock = new FakeClock();
        SandboxOptions options = SandboxOptions.builder()
                .clock(clock)
                .stateFile(folder.resolve("sandbox.jsonl"))
                .failures(FailurePlan.parse("rules: [{on: job, match: {nth: 2}, do: content_moderated}]"))
                .build();
        String good;
        String moderated;
        SandboxLedger before;
        try (Sandbox sandbox = Sandbox.start(options)) {
            LumaCaller luma = new LumaCaller(sandbox);
            good = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
            moderated = luma.accepted(LumaCaller.TEXT_TO_VIDEO);
            before = sandbox.ledger();
        }
        try (Sandbox sandbox = Sandbox.start(options)) {
            assertThat(sandbox.ledger().generations()).isEqualTo(before.generations());
            clock.advance(Duration.ofMinutes(5));
            LumaCaller luma = new LumaCaller(sandbox);
            HttpResponse<byte[]> clip = luma.download(luma.outputUrl(good));
            assertThat(Clip.read(clip.body()).frames()).isEqualTo(121);
            assertThat(luma.json(luma.poll(moderated)).get("failure_code").asText())
                    .isEqualTo("content_moderated");
        }
    }

    @Test
    void aCanceledPredictionStaysCanceledAfterARestart(@TempDir Path folder) throws IOException {
        SandboxOptions options = SandboxOptions.builder()
                .stateFile(folder.resolve("state.jsonl"))
                .build();
        String id;
        try (Sandbox first = Sandbox.start(options)) {
            JsonCaller caller = JsonCaller.replicate(first);
            id = caller.post(ReplicateRulesTest.CREATE, "{'input':{'prompt':'p'}}")
                    .text("/id");
            caller.post("/predictions/" + id + "/cancel", "");
        }
        try (Sandbox second = Sandbox.start(options)) {
            assertThat(JsonCaller.replicate(second).get("/predictions/" + id).text("/status"))
                    .isEqualTo("aborted");
            assertThat(second.ledger().generations()).hasSize(1);
        }
    }

    @Test
    void aStateFileOfSomethingElseIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "buy milk\n");
        SandboxOptions options = SandboxOptions.builder().stateFile(file).build();
        assertThatThrownBy(() -> Sandbox.start(options)).hasMessageContaining("notes.txt");
    }

    @Test
    void anOptionThatMakesNoSenseIsNamed() {
        assertThatThrownBy(() -> SandboxOptions.builder().speed(0).build())
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("'speed' is 0.0");
        assertThatThrownBy(() ->
                        SandboxOptions.builder().urlLife(Duration.ofDays(8)).build())
                .hasMessageContaining("'urlLife'");
    }
}
