package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentDigestsTest {

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** The check values that the algorithms' own descriptions name, RFC 1321 and FIPS 180 examples among them. */
    @Test
    void every_digest_has_the_value_that_its_standard_names() throws IOException {
        ContentDigests digits = ContentDigests.of(in("123456789".getBytes(StandardCharsets.US_ASCII)));
        assertThat(digits.crc32()).isEqualTo("y/Q5Jg=="); // CBF43926
        assertThat(digits.crc32c()).isEqualTo("4waSgw=="); // E3069283
        ContentDigests abc = ContentDigests.of(in("abc".getBytes(StandardCharsets.US_ASCII)));
        assertThat(abc.bytes()).isEqualTo(3);
        assertThat(abc.md5()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(abc.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(abc.sha256Base64()).isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    @Test
    void without_its_md5_a_content_is_still_the_same() throws IOException {
        byte[] bytes = new byte[700_001];
        new Random(7).nextBytes(bytes);
        ContentDigests whole = ContentDigests.of(in(bytes));
        ContentDigests without = ContentDigests.withoutMd5(in(bytes));
        assertThat(without.md5()).isEmpty();
        assertThat(without)
                .isEqualTo(new ContentDigests(whole.bytes(), whole.sha256(), "", whole.crc32(), whole.crc32c()));
        assertThat(without.isSameAs(whole)).isTrue();
        bytes[700_000] ^= 1;
        assertThat(ContentDigests.of(in(bytes)).isSameAs(whole)).isFalse();
    }
}
