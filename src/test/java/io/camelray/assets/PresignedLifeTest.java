package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresignedLifeTest {

    private static final Instant ONE = Instant.parse("2026-05-01T13:00:00Z");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260501T120000Z&X-Amz-Expires=3600&X-Amz-Signature=ab",
                "x-amz-date=20260501T120000Z&x-amz-expires=3600",
                "X-Goog-Date=20260501T120000Z&X-Goog-Expires=3600&X-Goog-Signature=ab",
                "AWSAccessKeyId=id&Expires=1777640400&Signature=ab%3D",
                "Expires=1777640400&Signature=ab~&Key-Pair-Id=K1",
                "sv=2024-01-01&se=2026-05-01T13%3A00%3A00Z&sp=r&sig=ab%3D",
                "sv=2024-01-01&se=2026-05-01T15:00:00%2B02:00&sig=ab"
            })
    void the_end_is_read_from_every_known_kind_of_signature(String query) {
        assertThat(PresignedLife.of("https://store.example/a.png?" + query).until())
                .contains(ONE);
    }

    @Test
    void the_end_is_read_from_a_cloudfront_policy() {
        String policy =
                "{\"Statement\":[{\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":1777640400}}}]}";
        String encoded = Base64.getEncoder()
                .encodeToString(policy.getBytes(StandardCharsets.UTF_8))
                .replace('+', '-')
                .replace('=', '_')
                .replace('/', '~');
        assertThat(PresignedLife.of("https://cdn.example/a.png?Policy=" + encoded + "&Signature=x&Key-Pair-Id=K1")
                        .until())
                .contains(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Expires=3600&X-Amz-Signature=ab",
                "X-Amz-Date=yesterday&X-Amz-Expires=3600",
                "X-Amz-Date=20260501T120000Z&X-Amz-Expires=99999999999999999999",
                "X-Amz-Date=20260501T120000Z&X-Amz-Expires=9223372036854775807",
                "Expires=never&Signature=a",
                "se=soon&sig=a",
                "Policy=!!!&Signature=a",
                "Signature=a"
            })
    void a_signature_whose_end_cannot_be_read_does_not_last_and_is_not_over(String query) {
        PresignedLife life = PresignedLife.of("https://store.example/a.png?" + query);
        assertThat(life.signed()).isTrue();
        assertThat(life.isOver(ONE)).isFalse();
        assertThat(life.lasts(ONE, HALF_AN_HOUR)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?width=100&v=2", "?flag", "?%zz"})
    void a_url_without_a_signature_lasts(String query) {
        PresignedLife life = PresignedLife.of("https://cdn.example/a.png" + query);
        assertThat(life.signed()).isFalse();
        assertThat(life.lasts(ONE, HALF_AN_HOUR)).isTrue();
        assertThat(life.isOver(ONE)).isFalse();
    }

    @Test
    void the_margin_decides_what_lasts_and_the_end_what_is_over() {
        PresignedLife life = PresignedLife.of(
                "https://s.example/a?X-Amz-Date=20260501T120000Z&X-Amz-Expires=3600&X-Amz-Signature=a");
        assertThat(life.lasts(ONE.minus(HALF_AN_HOUR), HALF_AN_HOUR)).isTrue();
        assertThat(life.lasts(ONE.minus(HALF_AN_HOUR).plusSeconds(1), HALF_AN_HOUR))
                .isFalse();
        assertThat(life.isOver(ONE.minusSeconds(1))).isFalse();
        assertThat(life.isOver(ONE)).isTrue();
    }
}
