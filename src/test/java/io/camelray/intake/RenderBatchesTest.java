package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderBatchesTest {

    private static final PlannedRender RENDER =
            Manifests.renders("campaign: spring\nprompt: A mug\n").get(0);
    private static final PlannedRender LONG_WINDED = Manifests.renders(
                    "campaign: spring\nprompt: " + "m".repeat(6000) + "\n")
            .get(0);

    private final List<Integer> written = Collections.synchronizedList(new ArrayList<>());

    @Test
    void everything_is_written_when_it_is_finished() {
        try (RenderBatches batches = new RenderBatches(batch -> written.add(batch.size()))) {
            add(batches, RENDER, 2 * RenderBatches.SIZE + 1);
            batches.finish();

            assertThat(written).containsExactly(RenderBatches.SIZE, RenderBatches.SIZE, 1);
        }
    }

    @Test
    void nothing_is_written_of_nothing() {
        try (RenderBatches batches = new RenderBatches(batch -> written.add(batch.size()))) {
            batches.finish();
        }

        assertThat(written).isEmpty();
    }

    @Test
    void a_batch_of_long_prompts_holds_fewer() {
        try (RenderBatches batches = new RenderBatches(batch -> written.add(batch.size()))) {
            add(batches, LONG_WINDED, 1000);
            batches.finish();
        }

        assertThat(written).hasSizeGreaterThan(1);
        assertThat(written.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
    }

    @Test
    void what_the_writer_meets_ends_the_plan() {
        try (RenderBatches batches = new RenderBatches(batch -> {
            throw new IllegalStateException("the draft was given up");
        })) {
            add(batches, RENDER, 1);

            assertThatThrownBy(batches::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the draft was given up");
        }
    }

    private static void add(RenderBatches batches, PlannedRender render, int times) {
        for (int i = 0; i < times; i++) {
            batches.add(render);
        }
    }
}
