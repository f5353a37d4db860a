package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenCallbacksTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final SeenCallbacks seen = new SeenCallbacks(Duration.ofMinutes(10));

    @Test
    void a_message_is_taken_once_while_its_timestamp_can_be_good() {
        assertThat(seen.isFirst("m1", NOW)).isTrue();
        assertThat(seen.isFirst("m2", NOW)).isTrue();
        assertThat(seen.isFirst("m1", NOW.plusSeconds(600))).isFalse();
        assertThat(seen.isFirst("m1", NOW.plusSeconds(601))).isTrue();
    }

    @Test
    void a_flood_makes_it_forget_the_oldest_and_never_grow() {
        for (int i = 0; i < 10_001; i++) {
            assertThat(seen.isFirst("m" + i, NOW)).isTrue();
        }
        assertThat(seen.isFirst("m10000", NOW)).isFalse();
        assertThat(seen.isFirst("m0", NOW)).isTrue();
    }
}
