package io.camelray.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.chaos.Books.OutputRow;
import io.camelray.chaos.Books.RenderRow;
import io.camelray.cli.Launched;
import io.camelray.ledger.LedgerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What was delivered to a folder is wanted in a bucket, and the program that copies it is killed at each of its steps. */
class RedeliveryKillsIT {

    private static final List<String> TAKES = List.of("a", "b", "c", "d");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Stage stage;
    private Path home;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(folder, 1, List.of());
        home = Files.createDirectory(folder.resolve("home"));
    }

    @AfterEach
    void close() throws InterruptedException {
        stage.close();
    }

    private void drop(String name, String deliver) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Path draft = Files.writeString(
                inbox.resolve("." + name),
                "campaign: moved\nprompt: \"take {{take}}\"\nresolution: 360p\naspectRatio: \"1:1\"\nmatrix: {take: "
                        + TAKES + "}\n" + deliver);
        Files.move(draft, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void killedAt(KillPoint point) throws Exception {
        Path marker = folder.resolve("reached-" + point);
        Kill kill = new Kill(Optional.of(point), 1, 0);
        Launched program = stage.start(home, Optional.of(kill), marker);
        assertThat(kill.reaches(program, marker))
                .as("%s is reached; the program said: %s", point, program.output())
                .isTrue();
        program.kill();
    }

    private void finished() throws InterruptedException {
        Launched once = stage.finish(home);
        assertThat(once.exitStatus()).as(once.output()).isZero();
    }

    private Path bucket() {
        return stage.store().folder().resolve("renders");
    }

    @Test
    void what_is_delivered_anew_arrives_whole_and_costs_nothing_wherever_the_program_is_killed() throws Exception {
        drop("first.yaml", "");
        finished();

        drop("second.yaml", "deliver: {to: \"s3://renders/moved\", key: \"{{take}}.{{ext}}\"}\n");
        killedAt(KillPoint.AFTER_PLAN_IS_ACCEPTED);
        killedAt(KillPoint.BEFORE_SECURED);
        killedAt(KillPoint.AFTER_UPLOAD);
        killedAt(KillPoint.AFTER_SIDECAR);
        killedAt(KillPoint.AFTER_PROOF);
        finished();

        for (String take : TAKES) {
            Path old = stage.outputs().resolve("moved").resolve(take).resolve("generate.mp4");
            assertThat(bucket().resolve("moved").resolve(take + ".mp4")).hasSameBinaryContentAs(old);
            assertThat(bucket().resolve("moved").resolve(take + ".mp4.json")).isNotEmptyFile();
        }
        assertThat(stage.sandbox().ledger().posts()).isEqualTo(TAKES.size());
        Books books = Books.of(
                LedgerStore.open("jdbc:h2:file:" + home.resolve("ledger").resolve("ledger"), "sa", ""));
        assertThat(books.renders()).extracting(RenderRow::state).containsOnly("delivered");
        assertThat(books.outputs())
                .allMatch(OutputRow::stored)
                .extracting(OutputRow::destination)
                .containsOnly("s3://renders/moved/");
        try (Stream<Path> spool = Files.walk(home.resolve("spool"))) {
            assertThat(spool.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
