package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.component.DeliveryRow.To;
import io.camelray.sandbox.SandboxOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every row of the {@link DeliveryTable}, at both destinations. */
class DeliveryTableRouteTest {

    @Test
    void every_bad_input_of_the_list_has_a_row_and_those_of_storage_one_for_each_destination() {
        List<DeliveryRow> rows = DeliveryTable.rows();

        assertThat(rows.stream().map(DeliveryRow::says).collect(Collectors.toSet()))
                .containsAll(DeliveryTable.ALL);
        assertThat(rows).filteredOn(row -> !row.rules().isEmpty()).allMatch(row -> row.destinations()
                .containsAll(List.of(To.FOLDER, To.BUCKET)));
    }

    @Nested
    class In_one_piece extends DeliveryTableRuns {

        In_one_piece() {
            super(Set.of(To.FOLDER, To.BUCKET));
        }
    }

    /** S3 takes no parts below 5 MiB, so that these clips are larger. */
    @Nested
    class In_parts extends DeliveryTableRuns {

        In_parts() {
            super(Set.of(To.BUCKET_IN_PARTS));
        }

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions().outputBytes(11_000_000);
        }
    }
}
