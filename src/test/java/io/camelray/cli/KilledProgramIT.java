package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, killed once in the middle of a campaign. */
class KilledProgramIT extends PackagedProgramTest {

    @ParameterizedTest(name = "killed when {0} jobs were accepted")
    @ValueSource(ints = {1, 3, 6})
    void a_killed_run_is_taken_up_again_and_no_render_is_paid_for_twice(int acceptedBeforeKill) throws Exception {
        try (Sandbox sandbox = Sandbox.start(
                SandboxOptions.builder().speed(20).seed(acceptedBeforeKill).build())) {
            drop(Files.readString(Path.of("config/campaigns/spring-mugs.yaml")));
            try (Launched run = run(sandbox)) {
                await().atMost(LONG_ENOUGH)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> sandbox.ledger().generations().size() >= acceptedBeforeKill);
                run.kill();
            }

            try (Launched once = run(sandbox, "--once")) {
                int status = once.exitStatus();
                JsonNode report = report("spring-mugs");
                List<String> states = new ArrayList<>();
                report.path("variants")
                        .forEach(render -> states.add(render.path("state").asText()));
                long unknown = states.stream().filter("unknown"::equals).count();

                assertThat(states).hasSize(6).allMatch(state -> state.equals("delivered") || state.equals("unknown"));
                assertThat(status).isEqualTo(unknown == 0 ? ExitStatus.GOOD : ExitStatus.ATTENTION);
                // At most what one account may have on the wire at once can have become unknown.
                assertThat(unknown).isLessThanOrEqualTo(4);
            }
            Map<String, Long> paidFor = sandbox.ledger().generations().stream()
                    .collect(Collectors.groupingBy(Generation::requestHash, Collectors.counting()));
            assertThat(paidFor.values()).as("generations for each request").allMatch(count -> count == 1);
            assertThat(sandbox.ledger().leakedAuthorization()).isZero();
        }
    }
}
