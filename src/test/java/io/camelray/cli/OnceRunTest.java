package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.Ledger;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class OnceRunTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void the_report_is_named_also_when_the_program_had_written_it_before_the_end_was_seen()
            throws IOException, InterruptedException {
        try (PagedProgram program = PagedProgram.start(folder, FailurePlan.none())) {
            Ledger ledger = program.program().component().ledger();
            StringWriter said = new StringWriter();
            OnceRun once = new OnceRun(program.program(), new PrintWriter(said), false, LONG_ENOUGH);
            program.drop("mugs.yaml", "campaign: mugs\nprompt: a mug\naspectRatio: \"1:1\"\nresolution: 360p\n");
            await().atMost(LONG_ENOUGH)
                    .until(() -> program.count("mugs", RenderState.DELIVERED) == 1
                            && ledger.unreported().isEmpty());

            assertThat(once.work()).isEqualTo(ExitStatus.GOOD);
            assertThat(said.toString())
                    .contains(
                            "Report: " + folder.resolve("reports/mugs/r1.json"),
                            "Report: " + folder.resolve("reports/mugs/contact-sheet.html"));
        }
    }
}
