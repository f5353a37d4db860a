package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5242880, 5242880",
        "500 KB, 500000",
        "64mb, 64000000",
        "1.5GB, 1500000000",
        "5G, 5000000000",
        "2TB, 2000000000000",
        "12B, 12"
    })
    void a_size_is_a_number_with_or_without_a_unit(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1", "5 GiB", "1.5", "five", "1e9"})
    void anything_else_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
