package io.camelray.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out: over a real proxy, and to a server that only a trust store of one's own knows. */
class EgressTest {

    private static final String PASSWORD = "store-password-4711";

    @TempDir
    Path folder;

    private DownloadResult fetch(String url, Egress egress, boolean allowPrivate) throws Exception {
        DownloadSettings settings =
                DownloadSettings.defaults().withAllowPrivate(allowPrivate).withEgress(egress);
        try (GuardedDownload download = new GuardedDownload(settings)) {
            return download.fetch(url, folder.resolve("file"));
        }
    }

    @Test
    void downloads_go_through_the_proxy_that_is_said() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = "through the proxy".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        try {
            Egress egress = Egress.of(
                    Optional.of("http://127.0.0.1:" + proxy.getAddress().getPort()),
                    Optional.empty(),
                    Optional.empty());

            assertThat(fetch("http://storage.example.com/clip.mp4", egress, true))
                    .isInstanceOf(DownloadResult.Complete.class);
            assertThat(asked).hasSize(1).first().asString().contains("/clip.mp4");
            assertThat(folder.resolve("file")).hasContent("through the proxy");

            assertThat(fetch("https://metadata.internal/secret", egress, false))
                    .isInstanceOf(DownloadResult.Forbidden.class);
            assertThat(asked).as("what is inside is not asked for").hasSize(1);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void a_server_is_trusted_when_the_trust_store_knows_it_and_only_then() throws Exception {
        OwnAuthority authority = OwnAuthority.in(folder, PASSWORD);
        HttpsServer server = authority.server();
        server.createContext("/", exchange -> {
            byte[] body = "over tls".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "https://localhost:" + server.getAddress().getPort() + "/clip.mp4";
            Egress own = Egress.of(Optional.empty(), Optional.of(authority.trustStore()), Optional.of(PASSWORD));

            assertThat(fetch(url, own, true)).isInstanceOf(DownloadResult.Complete.class);
            assertThat(fetch(url, Egress.DIRECT, true)).isInstanceOf(DownloadResult.Transient.class);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks://proxy:1080",
                "proxy:3128",
                "http://proxy",
                "http://user:pass@proxy:3128",
                "http://proxy:3128/x"
            })
    void what_is_no_proxy_is_refused_without_being_repeated(String proxy) {
        assertThatThrownBy(() -> Egress.of(Optional.of(proxy), Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ray.http.proxy")
                .hasMessageNotContaining("pass");
    }

    @Test
    void a_trust_store_that_cannot_be_read_is_told_without_its_password() {
        assertThatThrownBy(() ->
                        Egress.of(Optional.empty(), Optional.of(folder.resolve("nothing")), Optional.of(PASSWORD)))
                .hasMessageContaining("ray.http.trust-store")
                .hasMessageNotContaining(PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "storage.googleapis.com, true",
        "localhost, false",
        "printer, false",
        "metadata.google.internal, false",
        "metadata.google.internal., false",
        "169.254.169.254, false",
        "10.1.2.3, false",
        "8.8.8.8, true",
        "[::1], false",
        "[2606:4700::1], true",
        "0x7f000001, false",
        "2130706433, false"
    })
    void behind_a_proxy_a_host_is_judged_by_its_name(String host, boolean plausible) {
        assertThat(PublicName.isPlausible(host)).isEqualTo(plausible);
    }
}
