package io.camelray.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The packaged program, killed again and again while the provider misbehaves; then the books are compared. The short form
 * runs in every build. {@code mvn -Pchaos verify} runs the long one: {@code -Dchaos.kills} in all, {@code -Dchaos.seed},
 * and {@code -Dchaos.from} to go on after a break. What each episode came to is appended to
 * {@code target/chaos-figures.jsonl}.
 */
class ChaosIT {

    private static final int KILLS_OF_AN_EPISODE = Integer.getInteger("chaos.episode", 30);
    private static final int KILLS = Integer.getInteger("chaos.kills", KILLS_OF_AN_EPISODE);
    private static final int FROM = Integer.getInteger("chaos.from", 0);
    private static final long SEED = Long.getLong("chaos.seed", 20_261_121L);

    /** What a failed comparison is to be understood from stays. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @ParameterizedTest
    @EnumSource
    void every_named_point_is_a_method_of_the_program(KillPoint point) throws ClassNotFoundException {
        assertThat(Arrays.stream(Class.forName(point.type()).getDeclaredMethods())
                        .map(Method::getName))
                .contains(point.method());
    }

    @Test
    void killed_at_any_moment_the_program_pays_once_and_loses_nothing() throws Exception {
        Figures sum = Figures.NONE;
        for (int first = FROM; first < FROM + KILLS; first += KILLS_OF_AN_EPISODE) {
            int kills = Math.min(KILLS_OF_AN_EPISODE, FROM + KILLS - first);
            Figures figures = episode(Files.createDirectory(folder.resolve("from-" + first)), first, kills);
            sum = sum.plus(figures);
            append(figures, sum);
        }
        assertThat(sum.kills()).isEqualTo(KILLS);
        assertThat(sum.atPoints())
                .as("kills that met the program where they were meant to")
                .isPositive();
        assertThat(sum.delivered()).isPositive();
    }

    private Figures episode(Path home, int first, int kills) throws Exception {
        try (Episode episode = new Episode(home, SEED + first)) {
            for (int number = first; number < first + kills; number++) {
                episode.kill(number);
            }
            return episode.finish(kills);
        }
    }

    private static void append(Figures figures, Figures sum) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String lines = json.writeValueAsString(figures) + "\n";
        Files.writeString(
                Path.of("target", "chaos-figures.jsonl"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.writeString(Path.of("target", "chaos-sum.json"), json.writeValueAsString(sum) + "\n");
    }
}
