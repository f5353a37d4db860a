package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.engine.RudeServer.Behaviour;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server does, a question ends in bounded time and memory, and the next one is answered. */
class PollTransportTest {

    private static final WireRequest QUESTION = WireRequest.get("/generations/1");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final PollTransport transport =
            new PollTransport(new HttpTimes(Duration.ofSeconds(5), Duration.ofMillis(400)));

    @AfterEach
    void close() {
        transport.close();
    }

    static Stream<Arguments> rudeness() {
        return Stream.of(
                Arguments.of("sends a body without end", endless("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(60_000), 0)),
                Arguments.of("sends headers without end", endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 0)),
                Arguments.of("sends one header without end", endless("HTTP/1.1 200 OK\r\nX-A: ", "a".repeat(100), 0)),
                Arguments.of("drips its body", endless("HTTP/1.1 200 OK\r\n\r\n", " ", 50)),
                Arguments.of("drips its headers", endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 50)),
                Arguments.of("says nothing", Behaviour.silence()),
                Arguments.of("hangs up", Behaviour.hangUp()));
    }

    @ParameterizedTest(name = "a server that {0}")
    @MethodSource("rudeness")
    void is_broken_off_in_time_and_the_next_question_is_answered(String what, Behaviour rude) throws Exception {
        try (RudeServer bad = new RudeServer(rude);
                RudeServer good = new RudeServer(Behaviour.reply(OK))) {
            assertThatThrownBy(() -> transport.send(bad.base(), QUESTION, "key").get(20, TimeUnit.SECONDS))
                    .as(what)
                    .isInstanceOf(ExecutionException.class);

            WireReply reply = transport.send(good.base(), QUESTION, "key").get(20, TimeUnit.SECONDS);
            assertThat(reply.text()).isEqualTo("{}");
        }
    }

    @Test
    void an_echo_of_several_megabytes_is_read_whole() throws Exception {
        String body = "{\"x\":\"" + "a".repeat(6 << 20) + "\"}";
        try (RudeServer server = new RudeServer(
                Behaviour.reply("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))) {
            WireReply reply = transport.send(server.base(), QUESTION, "key").get(20, TimeUnit.SECONDS);

            assertThat(reply.body()).hasSize(body.length());
        }
    }

    @Test
    void so_many_long_answers_as_fit_into_the_heap_are_read_at_once() {
        Semaphore permits = BoundedReplyConsumer.longRepliesAtOnce();

        assertThat(permits.availablePermits()).isBetween(1, 8);
    }

    /** @param millis between two pieces */
    static Behaviour endless(String head, String piece, long millis) {
        return connection -> {
            OutputStream out = connection.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = piece.getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(bytes);
                out.flush();
                pause(millis);
            }
        };
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException("the server is closing", e);
        }
    }
}
