package io.camelray.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.camelray.ledger.OperatorException;
import io.camelray.web.ControlFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Talks to the program that holds a home's ledger. */
final class ControlClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ControlFile control;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(SOON).build();

    private ControlClient(ControlFile control) {
        this.control = control;
    }

    /** Empty when no program seems to run in this home. */
    static Optional<ControlClient> of(Path home) {
        return ControlFile.read(ControlFile.in(home)).map(ControlClient::new);
    }

    /** Whether the program lives and answers within seconds, be it that its ledger is away. */
    boolean isAnswering() throws InterruptedException {
        try {
            return send(request("/firings").timeout(SOON).GET().build()).isPresent();
        } catch (OperatorException itsOwnWords) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Empty when nobody listens any more. @throws OperatorException with the program's own words */
    Optional<JsonNode> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** Empty when nobody listens any more. @throws OperatorException with the program's own words */
    Optional<JsonNode> post(String path, JsonNode document) throws IOException, InterruptedException {
        return post(path, document, PATIENCE);
    }

    /** The same, for what may take longer than usual. */
    Optional<JsonNode> post(String path, JsonNode document, Duration patience)
            throws IOException, InterruptedException {
        return send(request(path)
                .timeout(patience)
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(document)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control.port() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + control.token());
    }

    private Optional<JsonNode> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            return Optional.empty();
        }
        JsonNode document = json(response.body());
        if (response.statusCode() == 200 && !document.isMissingNode()) {
            return Optional.of(document);
        }
        if (response.statusCode() != 401 && document.hasNonNull("error")) {
            throw new OperatorException(document.path("error").asText());
        }
        // Another program got the port of one that was killed.
        return Optional.empty();
    }

    /** Missing if it is none. */
    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
