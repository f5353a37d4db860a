package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Where a user's own pictures are: real TLS, with an authority that only a trust store knows. */
final class UsersStorage implements AutoCloseable {

    private final HttpsServer server;
    private final Path trust;
    private final List<String> queries = new CopyOnWriteArrayList<>();

    private UsersStorage(HttpsServer server, Path trust) {
        this.server = server;
        this.trust = trust;
    }

    /** @param password of the trust store */
    static UsersStorage start(Path folder, String password) throws Exception {
        Path keys = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, password.toCharArray());
        }
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(store, password)));
        UsersStorage storage = new UsersStorage(server, trust(folder, store, password));
        byte[] picture = picture(64);
        server.createContext("/mug.png", exchange -> {
            storage.queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : picture.length);
            if (!head) {
                exchange.getResponseBody().write(picture);
            }
            exchange.close();
        });
        server.start();
        return storage;
    }

    private static SSLContext tls(KeyStore store, String password) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static Path trust(Path folder, KeyStore store, String password) throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", store.getCertificate("server"));
        Path trust = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(trust)) {
            certificates.store(out, password.toCharArray());
        }
        return trust;
    }

    /** A PNG file of this width. */
    static byte[] picture(int width) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, 64, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    Path trust() {
        return trust;
    }

    /** Of a picture. @param query what signs it */
    String address(String query) {
        return "https://localhost:" + server.getAddress().getPort() + "/mug.png?" + query;
    }

    /** With which it was asked for. */
    List<String> queries() {
        return queries;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
