package io.camelray.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain HTTP with JSON in single quotes, with nothing of the product in between. */
final class JsonCaller {

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String key;

    /** @param base what paths are appended to */
    JsonCaller(String base, String key) {
        this.base = base;
        this.key = key;
    }

    static JsonCaller gmi(Sandbox sandbox) {
        return new JsonCaller(sandbox.gmiBaseUrl() + "/api/v1/ie/requestqueue/apikey", "gmi-key");
    }

    static JsonCaller replicate(Sandbox sandbox) {
        return new JsonCaller(sandbox.replicateBaseUrl().toString(), "r8_test");
    }

    JsonCaller as(String otherKey) {
        return new JsonCaller(base, otherKey);
    }

    Result get(String path) throws IOException {
        return send(request(path));
    }

    Result post(String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body.replace('\'', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    Result delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    /** A download, without the key. */
    HttpResponse<byte[]> download(String url) throws IOException {
        return exchange(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        URI target = URI.create(path.startsWith("http") ? path : base + path);
        return HttpRequest.newBuilder(target)
                .header("Authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(20));
    }

    private Result send(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> reply = exchange(request.build(), BodyHandlers.ofString());
        JsonNode body;
        try {
            body = mapper.readTree(reply.body());
        } catch (JsonProcessingException e) {
            body = mapper.missingNode();
        }
        return new Result(reply.statusCode(), body, reply);
    }

    private <B> HttpResponse<B> exchange(HttpRequest request, HttpResponse.BodyHandler<B> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** @param json missing when the body is no JSON */
    record Result(int status, JsonNode json, HttpResponse<String> reply) {

        String text(String pointer) {
            return json.at(pointer).asText();
        }
    }
}
