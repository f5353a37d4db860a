package io.camelray.cli;

import com.sun.net.httpserver.HttpsServer;
import io.camelray.assets.OwnAuthority;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;

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
        OwnAuthority authority = OwnAuthority.in(folder, password);
        HttpsServer server = authority.server();
        UsersStorage storage = new UsersStorage(server, authority.trustStore());
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
