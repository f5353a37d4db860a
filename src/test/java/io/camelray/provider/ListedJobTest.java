package io.camelray.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.ProviderJobId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedJobTest {

    private static final byte[] SENT =
            "{\"model\":\"m\",\"payload\":{\"depth_blur\":1.0,\"hdr\":true}}".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_job_repeats_what_was_sent_in_any_order_and_notation() {
        assertThat(listed("{\"payload\":{\"hdr\":true,\"depth_blur\":1},\"model\":\"m\"}")
                        .repeats(SENT))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"model\":\"m\",\"payload\":{\"depth_blur\":1.0}}",
                "{\"model\":\"m\",\"payload\":{\"depth_blur\":0.5,\"hdr\":true}}",
                "{\"model\":\"m\",\"payload\":{\"depth_blur\":1e999,\"hdr\":true}}",
                "{\"model\":\"m\",\"payload\":{\"depth_blur\":1.0,\"hdr\":\"true\"}}",
                "{\"model\":\"m\",\"payload\":{\"depth_blur\":1.0,\"hdr\":true,\"loop\":true}}"
            })
    void anything_else_is_another_job(String body) {
        assertThat(listed(body).repeats(SENT)).isFalse();
    }

    @Test
    void what_is_not_repeated_matches_nothing() {
        ListedJob job = new ListedJob(new ProviderJobId("a"), Optional.empty(), Optional.empty());

        assertThat(job.repeats(SENT)).isFalse();
        assertThat(job.repeats(new byte[0])).isFalse();
    }

    private static ListedJob listed(String body) {
        return new ListedJob(new ProviderJobId("a"), Optional.empty(), Optional.of(Wire.json(body)));
    }
}
