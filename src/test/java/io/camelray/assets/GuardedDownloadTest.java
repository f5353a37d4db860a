package io.camelray.assets;

import static io.camelray.assets.RudeServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.assets.DownloadResult.Complete;
import io.camelray.assets.DownloadResult.Expired;
import io.camelray.assets.DownloadResult.Forbidden;
import io.camelray.assets.DownloadResult.Transient;
import io.camelray.assets.DownloadResult.Unusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardedDownloadTest {

    private static final byte[] BODY = bytes(300_000);
    private static final DownloadSettings LOCAL =
            DownloadSettings.defaults().withAllowPrivate(true).withMaxBytes(1_000_000);

    @TempDir
    Path folder;

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static Complete complete(byte[] body, String contentType, String entityTag) throws IOException {
        return new Complete(ContentDigests.withoutMd5(new ByteArrayInputStream(body)), contentType, entityTag);
    }

    private static String ok(int length, String... headers) {
        return "HTTP/1.1 200 OK\nContent-Type: video/mp4\nContent-Length: " + length + "\n"
                + String.join("\n", headers);
    }

    private Path file() {
        return folder.resolve("1.part");
    }

    private DownloadResult fetch(RudeServer server) throws IOException {
        return fetch(server, LOCAL);
    }

    private DownloadResult fetch(RudeServer server, DownloadSettings settings) throws IOException {
        try (GuardedDownload download = new GuardedDownload(settings)) {
            return download.fetch(server.url("/clip.mp4?X-Amz-Signature=secret"), file());
        }
    }

    @Test
    void a_whole_body_is_stored_as_it_is_with_length_hash_and_tag() throws IOException {
        try (RudeServer server = RudeServer.answering(reply(ok(BODY.length, "ETag: \"a\""), BODY))) {
            assertThat(fetch(server)).isEqualTo(complete(BODY, "video/mp4", "\"a\""));
            assertThat(file()).hasBinaryContent(BODY);
            assertThat(folder).isDirectoryNotContaining("glob:**.mark");
        }
    }

    @Test
    void the_request_carries_no_credentials_and_no_cookie_and_the_url_unchanged() throws IOException {
        String head =
                "HTTP/1.1 302 Found\nSet-Cookie: s=1\nContent-Length: 0\nLocation: /a%2Fb%2Bc%20d?sig=a%2Fb%3D%3D&x=1+2";
        try (RudeServer server = RudeServer.answering(reply(head, ""), reply(ok(BODY.length), BODY))) {
            assertThat(fetch(server)).isInstanceOf(Complete.class);
            assertThat(server.requests()).hasSize(2).allSatisfy(request -> assertThat(request)
                    .containsIgnoringCase("Accept-Encoding: identity")
                    .doesNotContainIgnoringCase("Authorization")
                    .doesNotContainIgnoringCase("Cookie")
                    .doesNotContainIgnoringCase("gzip"));
            assertThat(server.requests().get(1)).startsWith("GET /a%2Fb%2Bc%20d?sig=a%2Fb%3D%3D&x=1+2 HTTP/1.1\r\n");
        }
    }

    @Test
    void a_compressed_body_is_kept_as_received() throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(BODY, 0, 1000);
        }
        byte[] body = packed.toByteArray();
        try (RudeServer server = RudeServer.answering(reply(ok(body.length, "Content-Encoding: gzip"), body))) {
            assertThat(fetch(server)).isInstanceOf(Complete.class);
            assertThat(file()).hasBinaryContent(body);
        }
    }

    @Test
    void a_body_shorter_than_announced_is_no_success() throws IOException {
        byte[] half = Arrays.copyOf(BODY, 1000);
        try (RudeServer server = RudeServer.answering(reply(ok(BODY.length), half))) {
            assertThat(fetch(server)).isInstanceOfSatisfying(Transient.class, lost -> assertThat(lost.reason())
                    .contains("/clip.mp4")
                    .doesNotContain("secret"));
            assertThat(server.requests()).as("nothing to resume without a tag").hasSize(1);
        }
    }

    @Test
    void a_chunked_body_that_ends_early_is_no_success() throws IOException {
        String head = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked";
        try (RudeServer server = RudeServer.answering(reply(head, "5\r\nhello\r\n"))) {
            assertThat(fetch(server)).isInstanceOf(Transient.class);
        }
    }

    @Test
    void what_follows_the_announced_length_never_gets_into_the_file() throws IOException {
        try (RudeServer server = RudeServer.answering(reply(ok(1000), BODY))) {
            assertThat(fetch(server)).isInstanceOf(Complete.class);
            assertThat(file()).hasBinaryContent(Arrays.copyOf(BODY, 1000));
        }
    }

    @Test
    void a_part_longer_than_the_object_is_no_success() throws IOException {
        String more = "HTTP/1.1 206 Partial Content\nETag: \"a\"\nContent-Length: " + BODY.length
                + "\nContent-Range: bytes 1000-299999/300000";
        try (RudeServer server = RudeServer.answering(
                reply(ok(BODY.length, "ETag: \"a\""), Arrays.copyOf(BODY, 1000)), reply(more, BODY))) {
            assertThat(fetch(server)).isNotInstanceOf(Complete.class);
        }
    }

    @Test
    void an_empty_body_is_unusable() throws IOException {
        try (RudeServer server = RudeServer.answering(reply(ok(0), ""))) {
            assertThat(fetch(server)).isInstanceOf(Unusable.class);
        }
    }

    @Test
    void a_web_page_is_unusable_even_with_status_200() throws IOException {
        String head = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nContent-Length: 6";
        try (RudeServer server = RudeServer.answering(reply(head, "<html>"))) {
            assertThat(fetch(server)).isInstanceOf(Unusable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void an_expired_url_is_told_apart_and_its_error_text_is_not_repeated(int status) throws IOException {
        String body = "<Error><Code>AccessDenied</Code><Message>sig secret</Message></Error>";
        String head = "HTTP/1.1 " + status + " No\nContent-Type: application/xml\nContent-Length: " + body.length();
        try (RudeServer server = RudeServer.answering(reply(head, body))) {
            assertThat(fetch(server)).isInstanceOfSatisfying(Expired.class, expired -> {
                assertThat(expired.status()).isEqualTo(status);
                assertThat(expired.reason()).contains("AccessDenied").doesNotContain("secret");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "503"})
    void a_busy_store_is_asked_once_and_its_wish_is_passed_on(int status) throws IOException {
        String head = "HTTP/1.1 " + status + " Busy\nRetry-After: 7\nContent-Length: 0";
        try (RudeServer server = RudeServer.answering(reply(head, ""))) {
            assertThat(fetch(server)).isInstanceOfSatisfying(Transient.class, busy -> assertThat(busy.retryAfter())
                    .contains(Duration.ofSeconds(7)));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void an_endless_error_body_is_not_read_to_its_end() throws IOException {
        RudeServer.Answer endless = out -> {
            reply("HTTP/1.1 500 Oops\nContent-Length: 999999999999", "").write(out);
            while (true) {
                out.write(BODY); // ends with an exception when the client hangs up
            }
        };
        try (RudeServer server = RudeServer.answering(endless)) {
            assertThat(fetch(server)).isInstanceOf(Transient.class);
        }
    }

    @Test
    void a_body_beyond_the_limit_is_unusable_announced_or_not() throws IOException {
        DownloadSettings small = LOCAL.withMaxBytes(1000);
        try (RudeServer server = RudeServer.answering(
                reply(ok(BODY.length, "ETag: \"a\""), BODY), reply("HTTP/1.1 200 OK\nETag: \"a\"", BODY))) {
            assertThat(fetch(server, small)).isInstanceOf(Unusable.class);
            assertThat(fetch(server, small)).isInstanceOf(Unusable.class);
        }
    }

    @Test
    void a_lost_connection_is_resumed_where_it_stopped_if_the_object_is_the_same() throws IOException {
        String rest = "HTTP/1.1 206 Partial Content\nETag: \"a\"\nContent-Length: 299000"
                + "\nContent-Range: bytes 1000-299999/300000";
        try (RudeServer server = RudeServer.answering(
                reply(ok(BODY.length, "ETag: \"a\""), Arrays.copyOf(BODY, 1000)),
                reply(rest, Arrays.copyOfRange(BODY, 1000, BODY.length)))) {
            assertThat(fetch(server)).isEqualTo(complete(BODY, "", "\"a\""));
            assertThat(file()).hasBinaryContent(BODY);
            assertThat(server.requests().get(1)).contains("Range: bytes=1000-\r\n", "If-Range: \"a\"\r\n");
        }
    }

    @Test
    void a_lost_connection_starts_over_if_the_object_has_changed() throws IOException {
        byte[] other = new byte[5000];
        Arrays.fill(other, (byte) 7);
        try (RudeServer server = RudeServer.answering(
                reply(ok(BODY.length, "ETag: \"a\""), Arrays.copyOf(BODY, 1000)),
                reply(ok(other.length, "ETag: \"b\""), other))) {
            assertThat(fetch(server)).isEqualTo(complete(other, "video/mp4", "\"b\""));
            assertThat(file()).hasBinaryContent(other);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ETag: \"b\"\nContent-Range: bytes 1000-299999/300000",
                "ETag: \"a\"\nContent-Range: bytes 999-299999/300000",
                "ETag: \"a\"\nContent-Range: bytes 1000-200000/300000",
                "ETag: \"a\""
            })
    void a_part_of_something_else_is_never_glued_on(String headers) throws IOException {
        byte[] rest = Arrays.copyOfRange(BODY, 1000, BODY.length);
        try (RudeServer server = RudeServer.answering(
                reply(ok(BODY.length, "ETag: \"a\""), Arrays.copyOf(BODY, 1000)),
                reply("HTTP/1.1 206 Partial Content\nContent-Length: 299000\n" + headers, rest))) {
            assertThat(fetch(server)).isInstanceOf(Transient.class);
            assertThat(file()).isEmptyFile();
        }
    }

    @Test
    void a_weak_tag_is_no_ground_for_resuming() throws IOException {
        try (RudeServer server =
                RudeServer.answering(reply(ok(BODY.length, "ETag: W/\"a\""), Arrays.copyOf(BODY, 1000)))) {
            assertThat(fetch(server)).isInstanceOf(Transient.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_later_download_goes_on_after_what_an_earlier_program_left() throws IOException {
        try (RudeServer server = RudeServer.answering(
                reply(ok(BODY.length, "ETag: \"a\""), Arrays.copyOf(BODY, 1000)),
                reply("HTTP/1.1 503 Busy\nContent-Length: 0", ""),
                reply(
                        "HTTP/1.1 206 Partial Content\nETag: \"a\"\nContent-Range: bytes 1000-299999/300000",
                        Arrays.copyOfRange(BODY, 1000, BODY.length)))) {
            assertThat(fetch(server)).isInstanceOf(Transient.class);
            assertThat(fetch(server)).isEqualTo(complete(BODY, "", "\"a\""));
        }
    }

    @Test
    void bytes_that_nobody_vouched_for_are_not_resumed() throws IOException {
        Files.write(file(), new byte[1000]);
        try (RudeServer server = RudeServer.answering(reply(ok(BODY.length), BODY))) {
            assertThat(fetch(server)).isInstanceOf(Complete.class);
            assertThat(server.requests().get(0)).doesNotContain("Range");
            assertThat(file()).hasBinaryContent(BODY);
        }
    }

    @Test
    void only_as_much_of_an_earlier_download_is_trusted_as_was_known_to_be_on_the_disk() throws IOException {
        byte[] left = Arrays.copyOf(BODY, 2000);
        Arrays.fill(left, 1000, 2000, (byte) 0); // a crash may leave a tail of zeros
        Files.write(file(), left);
        Files.writeString(PartFile.markOf(file()), "1000\n\"a\"\n");
        try (RudeServer server = RudeServer.answering(reply(
                "HTTP/1.1 206 Partial Content\nETag: \"a\"\nContent-Range: bytes 1000-299999/300000",
                Arrays.copyOfRange(BODY, 1000, BODY.length)))) {
            assertThat(fetch(server)).isEqualTo(complete(BODY, "", "\"a\""));
            assertThat(file()).hasBinaryContent(BODY);
        }
    }

    @Test
    void a_part_without_a_length_is_measured_against_the_whole_object() throws IOException {
        String head = "HTTP/1.1 206 Partial Content\nETag: \"a\"\nContent-Range: bytes 1000-299999/300000";
        Files.write(file(), Arrays.copyOf(BODY, 1000));
        Files.writeString(PartFile.markOf(file()), "1000\n\"a\"\n");
        try (RudeServer server = RudeServer.answering(
                reply(head, Arrays.copyOfRange(BODY, 1000, 2000)), reply("HTTP/1.1 503 Busy\nContent-Length: 0", ""))) {
            assertThat(fetch(server)).isInstanceOf(Transient.class);
        }
    }

    @Test
    void resuming_gives_up_after_a_bounded_number_of_lost_connections() throws IOException {
        AtomicLong sent = new AtomicLong();
        RudeServer.Answer crumb = out -> {
            long from = sent.getAndAdd(10);
            String head = from == 0
                    ? ok(BODY.length, "ETag: \"a\"")
                    : "HTTP/1.1 206 Partial Content\nETag: \"a\"\nContent-Length: " + (BODY.length - from)
                            + "\nContent-Range: bytes " + from + "-299999/300000";
            reply(head, Arrays.copyOfRange(BODY, (int) from, (int) from + 10)).write(out);
        };
        try (RudeServer server = RudeServer.answering(crumb)) {
            assertThat(fetch(server)).isInstanceOf(Transient.class);
            assertThat(server.requests()).hasSize(1 + LOCAL.maxResumes());
        }
    }

    @Test
    void a_redirect_loop_ends_after_five_hops() throws IOException {
        try (RudeServer server =
                RudeServer.answering(reply("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0", ""))) {
            assertThat(fetch(server)).isInstanceOf(Unusable.class);
            assertThat(server.requests()).hasSize(6);
        }
    }

    @Test
    void plain_http_is_refused_unless_allowed() throws IOException {
        try (RudeServer server = RudeServer.answering(reply(ok(BODY.length), BODY))) {
            assertThat(fetch(server, DownloadSettings.defaults()))
                    .isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.reason())
                            .contains("does not use https")
                            .doesNotContain("secret"));
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/x",
                "https://[::1]/x",
                "https://2130706433/x",
                "https://0x7f000001/x",
                "https://[::ffff:10.0.0.1]/x",
                "https://169.254.169.254/latest/meta-data",
                "https://localhost/x",
                "https://user:password@example.com/x",
                "file:///etc/passwd",
                "ftp://example.com/x",
                "/relative"
            })
    void private_addresses_and_other_schemes_are_never_asked(String url) throws IOException {
        try (GuardedDownload download = new GuardedDownload(DownloadSettings.defaults())) {
            assertThat(download.fetch(url, file()))
                    .isNotInstanceOfAny(Complete.class, Expired.class, Unusable.class)
                    .satisfies(result -> assertThat(result.toString()).doesNotContain("password@"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/x", "https://localhost/x"})
    void private_addresses_are_forbidden_and_the_remedy_is_named(String url) throws IOException {
        try (GuardedDownload download = new GuardedDownload(DownloadSettings.defaults())) {
            assertThat(download.fetch(url, file()))
                    .isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.remedy())
                            .contains("ray.download.allow-private"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://10.0.0.1/x", "http://169.254.169.254/x", "http://inside.test/x", "http://mixed.test/x"})
    void a_redirect_to_a_private_address_is_refused_by_literal_and_by_name(String target) throws IOException {
        InetAddress server127 = InetAddress.getByName("127.0.0.1");
        VettingDnsResolver resolver = new VettingDnsResolver(
                new FixedNames(), address -> address.equals(server127) || AddressGuard.isPublic(address));
        try (RudeServer server = RudeServer.answering(
                        reply("HTTP/1.1 302 Found\nLocation: " + target + "\nContent-Length: 0", ""));
                GuardedDownload download = new GuardedDownload(LOCAL, resolver, System::nanoTime)) {
            assertThat(download.fetch(server.url("/x"), file())).isInstanceOf(Forbidden.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/x", "http://user:password@example.com/x"})
    void a_redirect_is_checked_like_the_first_url(String target) throws IOException {
        try (RudeServer server =
                RudeServer.answering(reply("HTTP/1.1 302 Found\nLocation: " + target + "\nContent-Length: 0", ""))) {
            assertThat(fetch(server))
                    .isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.reason())
                            .doesNotContain("password@"));
        }
    }

    /** Even where plain http and private addresses are allowed. */
    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:1/x", "http://10.0.0.1/x", "https://169.254.169.254/x", "https://[fe80::1]/x"})
    void a_redirect_never_leads_to_another_host_without_https_nor_to_a_metadata_service(String target)
            throws IOException {
        try (RudeServer server =
                RudeServer.answering(reply("HTTP/1.1 302 Found\nLocation: " + target + "\nContent-Length: 0", ""))) {
            assertThat(fetch(server)).isInstanceOf(Forbidden.class);
        }
    }

    private static final class FixedNames implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
            return switch (host) {
                case "inside.test" -> new InetAddress[] {InetAddress.getByName("10.1.2.3")};
                case "mixed.test" ->
                    new InetAddress[] {InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.1.2.3")};
                default -> SystemDefaultDnsResolver.INSTANCE.resolve(host);
            };
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Test
    void a_body_that_trickles_is_given_up() throws IOException {
        AtomicLong looks = new AtomicLong();
        RudeServer.Answer trickle = out -> {
            reply(ok(BODY.length), "").write(out);
            for (int i = 0; i < BODY.length; i++) {
                out.write(BODY, i, 1);
                out.flush();
            }
        };
        DownloadSettings settings = LOCAL.withMinThroughput(1000, Duration.ofSeconds(10))
                .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofDays(300));
        // each look at the clock finds it twenty minutes later
        try (RudeServer server = RudeServer.answering(trickle);
                GuardedDownload download =
                        new GuardedDownload(settings, SystemDefaultDnsResolver.INSTANCE, () -> Duration.ofMinutes(
                                        20 * looks.incrementAndGet())
                                .toNanos())) {
            assertThat(download.fetch(server.url("/x"), file()))
                    .isInstanceOfSatisfying(
                            Transient.class, slow -> assertThat(slow.reason()).contains("bytes a second"));
        }
    }

    @Test
    void a_server_that_falls_silent_is_given_up() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        RudeServer.Answer silent = out -> {
            reply(ok(BODY.length), "").write(out);
            out.write(BODY, 0, 10);
            out.flush();
            await(end);
        };
        DownloadSettings impatient =
                LOCAL.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofHours(1));
        try (RudeServer server = RudeServer.answering(silent)) {
            assertThat(fetch(server, impatient)).isInstanceOf(Transient.class);
        } finally {
            end.countDown();
        }
    }

    @Test
    void a_download_ends_at_its_deadline_even_while_the_server_keeps_sending_headers() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        RudeServer.Answer halfAHead = out -> {
            out.write("HTTP/1.1 200 OK\r\nX-Wait".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            await(end);
        };
        DownloadSettings impatient =
                LOCAL.withTimeouts(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofMillis(200));
        try (RudeServer server = RudeServer.answering(halfAHead)) {
            assertThat(fetch(server, impatient)).isInstanceOf(Transient.class);
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_url_that_is_none_is_unusable_and_not_repeated() throws IOException {
        try (GuardedDownload download = new GuardedDownload(LOCAL)) {
            assertThat(download.fetch("https://host/a b?secret", file()))
                    .isInstanceOfSatisfying(
                            Unusable.class, bad -> assertThat(bad.reason()).doesNotContain("secret"));
        }
    }

    @Test
    void closing_breaks_off_what_is_under_way() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        RudeServer.Answer hanging = out -> {
            reply(ok(BODY.length, "ETag: \"a\""), Arrays.copyOf(BODY, 1000)).write(out);
            out.flush();
            begun.countDown();
            await(end);
        };
        GuardedDownload download = new GuardedDownload(
                LOCAL.withTimeouts(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofHours(1)));
        try (RudeServer server = RudeServer.answering(hanging)) {
            Thread closer = new Thread(() -> {
                await(begun);
                download.close();
            });
            closer.start();
            assertThat(download.fetch(server.url("/x"), file())).isInstanceOf(Transient.class);
            closer.join();
        } finally {
            end.countDown();
        }
    }
}
