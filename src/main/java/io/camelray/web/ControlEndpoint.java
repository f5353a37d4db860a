package io.camelray.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.OperatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets operator commands reach the program that holds the ledger: on loopback, a random port, behind a random token that
 * only the program's user can read. {@code GET /status[?campaign=NAME]}, {@code GET /firings},
 * {@code POST /resolve} with a {@link Resolution}, {@code POST /cancel}, {@code /pause}, {@code /resume}, {@code /retry},
 * {@code /again}, {@code /approve} and {@code /reject} with an {@link Order}, {@code POST /backup} with a {@link Backup},
 * {@code POST /archive} with an {@link Archive}.
 */
public final class ControlEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlEndpoint.class);
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int SHOWN = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final Ledger ledger;
    private final JobCheck check;
    private final Map<String, AccountAccess> accounts;
    private final TimeGuess timeGuess;
    private final Path home;
    private final Path file;
    private final byte[] authorization;
    private final HttpServer server;
    private final ExecutorService threads;

    private ControlEndpoint(
            Ledger ledger, JobCheck check, Path home, Map<String, AccountAccess> accounts, TimeGuess timeGuess)
            throws IOException {
        this.ledger = ledger;
        this.check = check;
        this.accounts = accounts;
        this.timeGuess = timeGuess;
        this.home = home;
        this.file = ControlFile.in(home);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        this.threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "ray-control");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/status", exchange -> answer(exchange, "GET", this::status));
        server.createContext("/firings", exchange -> answer(exchange, "GET", asked -> FiringsDocument.of(ledger)));
        server.createContext("/backup", exchange -> answer(exchange, "POST", this::backup));
        server.createContext("/archive", exchange -> answer(exchange, "POST", this::archive));
        server.createContext("/resolve", exchange -> answer(exchange, "POST", this::resolve));
        for (Order.Verb verb : Order.Verb.values()) {
            server.createContext("/" + verb.label(), exchange -> answer(exchange, "POST", asked -> order(verb, asked)));
        }
        server.start();
        new ControlFile(
                        server.getAddress().getPort(),
                        token,
                        ProcessHandle.current().pid())
                .write(file);
    }

    /**
     * Begins to answer.
     *
     * @param check asked before a render adopts a job
     * @param accounts those that are configured, by name
     * @param timeGuess for the status
     * @throws UncheckedIOException if no port or no control file can be had
     */
    public static ControlEndpoint start(
            Ledger ledger, JobCheck check, Path home, Map<String, AccountAccess> accounts, TimeGuess timeGuess) {
        try {
            return new ControlEndpoint(ledger, check, home, accounts, timeGuess);
        } catch (IOException e) {
            throw new UncheckedIOException("The control endpoint cannot start: " + e.getMessage(), e);
        }
    }

    private interface Verb {
        JsonNode apply(HttpExchange exchange) throws IOException;
    }

    private JsonNode status(HttpExchange exchange) {
        Optional<String> campaign = Optional.ofNullable(exchange.getRequestURI().getQuery())
                .filter(query -> query.startsWith("campaign="))
                .map(query -> query.substring("campaign=".length()));
        return new StatusDocument(ledger, accounts, timeGuess).of(campaign);
    }

    private JsonNode resolve(HttpExchange exchange) throws IOException {
        String done = Resolution.read(document(exchange)).apply(ledger, check);
        LOG.info("An operator resolved: {}", done);
        return JsonNodeFactory.instance.objectNode().put("message", done);
    }

    private JsonNode backup(HttpExchange exchange) throws IOException {
        JsonNode done = Backup.read(document(exchange)).apply(ledger, home);
        LOG.info("An operator's order: {}", done.path("message").asText());
        return done;
    }

    private JsonNode archive(HttpExchange exchange) throws IOException {
        JsonNode done = Archive.read(document(exchange)).apply(ledger);
        LOG.info("An operator's order: {}", done.path("message").asText());
        return done;
    }

    private JsonNode order(Order.Verb verb, HttpExchange exchange) throws IOException {
        JsonNode done = Order.read(verb, document(exchange)).apply(ledger);
        LOG.info("An operator's order: {}", done.path("message").asText());
        return done;
    }

    private JsonNode document(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw new TooLongException();
        }
        return json.readTree(body);
    }

    /** A body beyond {@link #LONGEST_BODY}. */
    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private void answer(HttpExchange exchange, String method, Verb verb) throws IOException {
        try (exchange) {
            if (!authorized(exchange)) {
                refuse(exchange, 401, "The token is missing or wrong");
            } else if (!method.equals(exchange.getRequestMethod())) {
                refuse(exchange, 405, "Use " + method);
            } else {
                reply(exchange, verb);
            }
        }
    }

    /** Says so in the log, without anything that was sent but the path. */
    private void refuse(HttpExchange exchange, int status, String why) throws IOException {
        LOG.warn("A request to the control endpoint was refused: {} {}", status, described(exchange));
        reply(exchange, status, error(why));
    }

    private static String described(HttpExchange exchange) {
        String text =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        return text.substring(0, Math.min(SHOWN, text.length()));
    }

    private void reply(HttpExchange exchange, Verb verb) throws IOException {
        try {
            reply(exchange, 200, verb.apply(exchange));
        } catch (OperatorException e) {
            reply(exchange, 409, error(e.getMessage()));
        } catch (LedgerUnavailableException e) {
            reply(exchange, 503, error(e.getMessage()));
        } catch (TooLongException e) {
            refuse(exchange, 413, "That is too long");
        } catch (JsonProcessingException e) {
            // Its message quotes what was sent.
            refuse(exchange, 400, "The request cannot be read");
        } catch (IOException | RuntimeException e) {
            LOG.warn("An operator's request failed: {}: {}", described(exchange), e.getMessage());
            reply(exchange, 400, error("The request cannot be read"));
        }
    }

    private boolean authorized(HttpExchange exchange) {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        return sent != null && MessageDigest.isEqual(authorization, sent.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode error(String message) {
        return JsonNodeFactory.instance.objectNode().put("error", message);
    }

    private void reply(HttpExchange exchange, int status, JsonNode document) throws IOException {
        byte[] body = json.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} stays behind: {}", file, e.getMessage());
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
