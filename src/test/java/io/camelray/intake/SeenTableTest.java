package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenTableTest {

    @Test
    void it_agrees_with_a_map_also_when_hashes_collide() {
        SeenTable table = new SeenTable();
        Map<Integer, Long> first = new HashMap<>();
        Map<Long, Integer> things = new HashMap<>();
        Random random = new Random(7);
        for (long owner = 0; owner < 20_000; owner++) {
            int thing = random.nextInt(15_000);
            things.put(owner, thing);
            OptionalLong seen =
                    table.put(thing / 3, owner, other -> things.get(other).equals(thing));
            Long expected = first.putIfAbsent(thing, owner);

            assertThat(seen).isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
        }
    }
}
