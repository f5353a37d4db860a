package io.camelray.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two packaged programs on one PostgreSQL: killed in turn, and frozen for longer than others wait for them. */
@Tag("chaos")
@ExtendWith(PostgresServer.class)
class NodesChaosIT {

    private static final int KILLS = Integer.getInteger("chaos.node-kills", 30);
    private static final long SEED = Long.getLong("chaos.seed", 20_261_121L);

    private final PostgresServer.Database database;

    @TempDir
    Path folder;

    NodesChaosIT(PostgresServer.Database database) {
        this.database = database;
    }

    @Test
    void nodes_that_are_killed_in_turn_pay_once_and_lose_nothing() throws Exception {
        try (NodesEpisode episode = new NodesEpisode(folder, SEED, database)) {
            episode.startBoth();
            for (int number = 0; number < KILLS; number++) {
                episode.kill(number);
            }
            Figures figures = episode.finish(KILLS);
            assertThat(figures.delivered()).isPositive();
            assertThat(figures.atPoints()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_POST", "AFTER_REPLY", "BEFORE_ID", "AFTER_LAST_BYTE", "AFTER_UPLOAD"})
    void a_node_that_freezes_and_wakes_pays_once_and_loses_nothing(KillPoint point) throws Exception {
        try (NodesEpisode episode = new NodesEpisode(folder, SEED + point.ordinal(), database)) {
            episode.freeze(point, 3);
            assertThat(episode.finish(0).delivered()).isPositive();
        }
    }
}
