package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a.example/mug.png?X-Amz-Signature=0af3 | http://a.example/mug.png?…",
                "see ftp://a.example/x#token then           | see ftp://a.example/x#… then",
                "https://user:word@a.example/mug.png        | https://…@a.example/mug.png",
                "https://a.example/mug.png                  | https://a.example/mug.png",
                "why? because                               | why? because"
            })
    void a_value_is_quoted_without_the_secrets_of_its_addresses(String written, String quoted) {
        assertThat(Kinds.shorten(written)).isEqualTo(quoted);
    }

    @ParameterizedTest
    @CsvSource({"59, 59", "60, 60", "61, 61", "6000, 61"})
    void a_long_value_is_quoted_in_part(int length, int shown) {
        assertThat(Kinds.shorten("x".repeat(length))).hasSize(shown);
    }
}
