package io.camelray.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.cli.Launched;
import io.camelray.ledger.LedgerStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One home that outlives a row of kills. Before each start another campaign is dropped, so that every kill meets work in
 * all its stages; after the last one the program is let run to the end, and the books are compared.
 */
final class Episode implements AutoCloseable {

    private final Path folder;
    private final Random random;
    private final Stage stage;
    private final Campaigns campaigns;
    private int pointsReached;

    Episode(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        this.stage = new Stage(folder, seed, List.of());
        this.campaigns = new Campaigns();
    }

    private Path home() {
        return folder.resolve("home");
    }

    /** Drops a campaign, starts the program, and kills it. */
    void kill(int number) throws Exception {
        Kill kill = Kill.numbered(number, random);
        campaigns.drop(number, home());
        Path marker = folder.resolve("reached-" + number);
        Launched program = stage.start(home(), Optional.of(kill), marker);
        if (kill.reaches(program, marker)) {
            pointsReached++;
        }
        assertThat(program.isAlive())
                .as("the program lives until it is killed (%s); it said: %s", kill, program.output())
                .isTrue();
        program.kill();
    }

    /** Lets the program run to its end, and compares the books. */
    Figures finish(int kills) throws Exception {
        campaigns.dropRefused(home());
        Launched once = stage.finish(home());
        assertThat(once.exitStatus()).as(once.output()).isIn(0, 2);
        Books books = Books.of(
                LedgerStore.open("jdbc:h2:file:" + home().resolve("ledger").resolve("ledger"), "sa", ""));
        return new Audit(stage, List.of(home()), campaigns.renders()).of(books, kills, pointsReached);
    }

    @Override
    public void close() throws InterruptedException {
        stage.close();
    }
}
