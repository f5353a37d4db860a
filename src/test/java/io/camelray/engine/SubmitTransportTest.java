package io.camelray.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.engine.RudeServer.Behaviour;
import io.camelray.model.AttemptToken;
import io.camelray.provider.WireRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server does, a submission goes over the wire once, and it is known whether it can have been accepted. */
class SubmitTransportTest {

    private static final WireRequest REQUEST = WireRequest.post("/generations", "{\"prompt\":\"a mug ☕\"}");
    private static final AttemptToken TOKEN = new AttemptToken(new UUID(7, 7));

    private final SubmitTransport transport =
            new SubmitTransport(new HttpTimes(Duration.ofSeconds(5), Duration.ofMillis(300)));

    @AfterEach
    void close() {
        transport.close();
    }

    static Stream<Arguments> rudeness() {
        return Stream.of(
                Arguments.of("hangs up", Behaviour.hangUp()),
                Arguments.of("resets the connection", Behaviour.reset()),
                Arguments.of("says nothing", Behaviour.silence()),
                Arguments.of("speaks another language", Behaviour.reply("SSH-2.0-OpenSSH_9.2\r\n")));
    }

    @ParameterizedTest(name = "a server that {0}")
    @MethodSource("rudeness")
    void loses_the_answer_and_gets_the_request_only_once(String what, Behaviour behaviour) throws IOException {
        try (RudeServer server = new RudeServer(behaviour)) {
            PostOutcome outcome = transport.post(server.base(), REQUEST, "key", TOKEN, () -> true);

            assertThat(outcome).as(what).isInstanceOf(PostOutcome.Lost.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_server_error_is_not_tried_again_and_a_redirect_is_not_followed() throws IOException {
        for (String status :
                new String[] {"503 Unavailable", "429 Too Many", "307 Temporary Redirect", "408 Timeout"}) {
            try (RudeServer server = new RudeServer(Behaviour.reply("HTTP/1.1 " + status
                    + "\r\nLocation: /elsewhere\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"))) {
                PostOutcome outcome = transport.post(server.base(), REQUEST, "key", TOKEN, () -> true);

                assertThat(outcome).isInstanceOf(PostOutcome.Replied.class);
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void each_request_has_a_connection_of_its_own_its_key_and_its_token() throws IOException {
        try (RudeServer server =
                new RudeServer(Behaviour.reply("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}"))) {
            transport.post(server.base(), REQUEST, "secret", TOKEN, () -> true);
            transport.post(server.base(), REQUEST, "secret", TOKEN, () -> true);

            assertThat(server.requests()).hasSize(2).allSatisfy(request -> assertThat(request)
                    .startsWith("POST /v1/generations HTTP/1.1")
                    .contains("Authorization: Bearer secret", "X-Request-Id: " + TOKEN)
                    .endsWith("{\"prompt\":\"a mug ☕\"}"));
        }
    }

    @Test
    void nobody_listening_means_that_nothing_was_sent() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PostOutcome outcome =
                transport.post(URI.create("http://127.0.0.1:" + port + "/v1"), REQUEST, "key", TOKEN, () -> true);

        assertThat(outcome).isInstanceOf(PostOutcome.NeverSent.class);
    }

    @Test
    void a_host_that_does_not_exist_means_that_nothing_was_sent() {
        PostOutcome outcome =
                transport.post(URI.create("http://no-such-host.invalid/v1"), REQUEST, "key", TOKEN, () -> true);

        assertThat(outcome).isInstanceOf(PostOutcome.NeverSent.class);
    }

    @Test
    void a_tls_failure_means_that_nothing_was_sent() throws IOException {
        try (RudeServer server = new RudeServer(Behaviour.reply("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            URI tls = URI.create(server.base().toString().replace("http:", "https:"));

            PostOutcome outcome = transport.post(tls, REQUEST, "key", TOKEN, () -> true);

            assertThat(outcome).isInstanceOf(PostOutcome.NeverSent.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void an_attempt_whose_time_is_over_is_not_sent_though_the_connection_stands() throws IOException {
        try (RudeServer server = new RudeServer(Behaviour.hangUp())) {
            PostOutcome outcome = transport.post(server.base(), REQUEST, "key", TOKEN, () -> false);

            assertThat(outcome).isInstanceOf(PostOutcome.NeverSent.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void a_body_that_breaks_off_leaves_the_status_and_says_so() throws IOException {
        try (RudeServer server = new RudeServer(connection -> {
            Behaviour.reply("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":\"abc\"")
                    .answer(connection);
            connection.close();
        })) {
            PostOutcome outcome = transport.post(server.base(), REQUEST, "key", TOKEN, () -> true);

            assertThat(outcome).isInstanceOfSatisfying(PostOutcome.Replied.class, replied -> {
                assertThat(replied.reply().status()).isEqualTo(201);
                assertThat(replied.reply().truncated()).isTrue();
            });
        }
    }

    static Stream<Arguments> endlessBodies() {
        return Stream.of(
                Arguments.of(
                        "at full speed", PollTransportTest.endless("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(60_000), 0)),
                Arguments.of(
                        "in chunks",
                        PollTransportTest.endless(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                "1000\r\n" + "x".repeat(4096) + "\r\n",
                                0)),
                Arguments.of(
                        "of a stated length",
                        PollTransportTest.endless(
                                "HTTP/1.1 200 OK\r\nContent-Length: 900000000000\r\n\r\n", "x".repeat(60_000), 0)),
                Arguments.of("byte by byte", PollTransportTest.endless("HTTP/1.1 200 OK\r\n\r\n", " ", 50)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessBodies")
    @Timeout(20)
    void a_body_without_end_is_cut_off(String how, Behaviour endless) throws IOException {
        try (RudeServer server = new RudeServer(endless)) {
            PostOutcome outcome = transport.post(server.base(), REQUEST, "key", TOKEN, () -> true);

            assertThat(outcome).as(how).isInstanceOfSatisfying(PostOutcome.Replied.class, replied -> {
                assertThat(replied.reply().truncated()).isTrue();
                assertThat(replied.reply().body().length).isLessThanOrEqualTo(1 << 20);
            });
            assertThat(server.requests()).hasSize(1);
        }
    }

    static Stream<Arguments> endlessHeads() {
        return Stream.of(
                Arguments.of("of many headers", PollTransportTest.endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 0)),
                Arguments.of("of one header", PollTransportTest.endless("HTTP/1.1 200 OK\r\nX-A: ", "aaaaaaaa", 0)),
                Arguments.of("that drips", PollTransportTest.endless("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 50)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endlessHeads")
    @Timeout(20)
    void a_head_without_end_loses_the_answer(String how, Behaviour endless) throws IOException {
        try (RudeServer server = new RudeServer(endless)) {
            PostOutcome outcome = transport.post(server.base(), REQUEST, "key", TOKEN, () -> true);

            assertThat(outcome).as(how).isInstanceOf(PostOutcome.Lost.class);
            assertThat(server.requests()).hasSize(1);
        }
    }
}
