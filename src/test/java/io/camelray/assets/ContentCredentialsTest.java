package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCredentialsTest {

    @TempDir
    Path folder;

    private boolean areIn(byte[] video, String kind) throws IOException {
        byte[] id = HexFormat.of().parseHex(kind);
        byte[] all = ByteBuffer.allocate(video.length + 40)
                .put(video)
                .putInt(40)
                .put("uuid".getBytes(StandardCharsets.US_ASCII))
                .put(id)
                .put("\0\0\0\0manifest\0\0\0\0".getBytes(StandardCharsets.US_ASCII))
                .array();
        return ContentCredentials.areIn(Files.write(folder.resolve("clip.mp4"), all));
    }

    @Test
    void a_box_of_c2pa_is_noticed_and_no_other() throws IOException {
        byte[] video = Mp4Bytes.video().build();

        assertThat(areIn(video, "d8fec3d61b0e483c92975828877ec481")).isTrue();
        assertThat(areIn(video, "be7acfcb97a942e89c71999491e3afac")).isFalse();
        assertThat(ContentCredentials.areIn(Files.write(folder.resolve("plain.mp4"), video)))
                .isFalse();
    }

    @Test
    void what_is_no_mp4_has_none() throws IOException {
        assertThat(ContentCredentials.areIn(Files.writeString(folder.resolve("page.mp4"), "<html>")))
                .isFalse();
    }
}
