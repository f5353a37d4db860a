package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.AttemptToken;
import io.camelray.provider.WireReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("ledger/receipts.log");
    }

    @Test
    void what_was_written_comes_back_as_it_was() {
        try (Receipts receipts = new Receipts(file(), Clock.systemUTC())) {
            receipts.append(token(1), "luma", reply("{\"id\":\"ä\\u0000\"}"));
        }
        List<Receipts.Receipt> replayed = replay(true);

        assertThat(replayed).hasSize(1);
        assertThat(replayed.get(0).token()).isEqualTo(token(1));
        assertThat(replayed.get(0).account()).isEqualTo("luma");
        assertThat(replayed.get(0).reply().status()).isEqualTo(201);
        assertThat(replayed.get(0).reply().header("x-request-id")).contains("r");
        assertThat(replayed.get(0).reply().text()).isEqualTo("{\"id\":\"ä\\u0000\"}");
    }

    @Test
    void a_receipt_that_was_settled_is_not_replayed_again_but_kept_beside() {
        try (Receipts receipts = new Receipts(file(), Clock.systemUTC())) {
            receipts.append(token(1), "luma", reply("{}"));
        }

        assertThat(replay(true)).hasSize(1);
        assertThat(replay(true)).isEmpty();
        assertThat(file().resolveSibling("receipts.log.1")).isNotEmptyFile();
    }

    @Test
    void a_receipt_that_could_not_be_settled_waits() {
        try (Receipts receipts = new Receipts(file(), Clock.systemUTC())) {
            receipts.append(token(1), "another", reply("{}"));
        }

        assertThat(replay(false)).hasSize(1);
        assertThat(replay(false)).hasSize(1);
        assertThat(replay(true)).hasSize(1);
        assertThat(replay(true)).isEmpty();
    }

    @Test
    void a_line_that_a_crash_cut_short_does_not_hide_the_others() throws IOException {
        try (Receipts receipts = new Receipts(file(), Clock.systemUTC())) {
            receipts.append(token(1), "luma", reply("{}"));
        }
        Files.writeString(file(), "{\"token\":\"0000", StandardOpenOption.APPEND);

        assertThat(replay(true)).extracting(Receipts.Receipt::token).containsExactly(token(1));
    }

    private List<Receipts.Receipt> replay(boolean settled) {
        List<Receipts.Receipt> replayed = new ArrayList<>();
        try (Receipts receipts = new Receipts(file(), Clock.systemUTC())) {
            receipts.replay(receipt -> {
                replayed.add(receipt);
                return settled;
            });
        }
        return replayed;
    }

    private static AttemptToken token(long number) {
        return new AttemptToken(new UUID(1, number));
    }

    private static WireReply reply(String body) {
        return new WireReply(201, Map.of("X-Request-Id", "r"), body.getBytes(StandardCharsets.UTF_8), false);
    }
}
