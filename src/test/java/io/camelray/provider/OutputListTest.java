package io.camelray.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.OutputKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputListTest {

    private static final Instant NOW = Instant.parse("2026-07-01T08:00:00Z");
    private static final Instant OTHERWISE = NOW.plus(Duration.ofHours(1));
    private static final Instant LATEST = NOW.plus(Duration.ofDays(7));

    private final OutputList outputs = new OutputList(OTHERWISE, LATEST);

    @Test
    void a_name_counts_more_than_a_path_and_the_first_of_equals_wins() {
        outputs.add("preview", "https://s/preview.mp4");
        outputs.add("VIDEO", "https://s/first");
        outputs.add("video", "https://s/second");

        assertThat(outputs.outputs())
                .containsExactly(new JobStatus.Output(OutputKind.VIDEO, "https://s/first", OTHERWISE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s/a.mp4?Expires=9223372036854775807",
                "https://s/a.mp4?X-Amz-Date=20260701T080000Z&X-Amz-Expires=9223372036854775807",
                "https://s/a.mp4?X-Amz-Date=99999999T999999Z&X-Amz-Expires=1",
                "https://s/a.mp4?Expires=soon"
            })
    void an_expiry_that_makes_no_sense_is_no_expiry(String url) {
        outputs.add("video", url);

        assertThat(outputs.outputs().get(0).expiresAt()).isEqualTo(OTHERWISE);
    }

    @Test
    void no_address_is_believed_to_live_for_ever() {
        outputs.add("video", "https://s/a.mp4?Expires=4102444800");

        assertThat(outputs.outputs().get(0).expiresAt()).isEqualTo(LATEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "javascript:1", "//s/a.mp4", "ftp://s/a.mp4"})
    void what_is_no_web_address_is_no_output(String url) {
        outputs.add("video", url);
        outputs.addNameless(url);

        assertThat(outputs.outputs()).isEmpty();
    }
}
