package io.camelray.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain HTTP to a sandbox, with nothing of the product in between. */
final class LumaCaller {

    static final String KEY = "luma-api-test";
    static final String TEXT_TO_VIDEO =
            """
            {"model":"ray-3.2","type":"video","prompt":"An amber bottle on wet slate","aspect_ratio":"16:9",
             "video":{"resolution":"360p","duration":"5s"}}""";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Sandbox sandbox;

    LumaCaller(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    HttpResponse<String> submit(String body) throws IOException {
        return send(to("/generations").POST(BodyPublishers.ofString(body)));
    }

    /** Submits and insists on acceptance. @return the job's id */
    String accepted(String body) throws IOException {
        HttpResponse<String> reply = submit(body);
        if (reply.statusCode() != 201) {
            throw new AssertionError("expected 201, got " + reply.statusCode() + ": " + reply.body());
        }
        return json(reply).get("id").asText();
    }

    HttpResponse<String> poll(String id) throws IOException {
        return send(to("/generations/" + id));
    }

    URI outputUrl(String id) throws IOException {
        return URI.create(json(poll(id)).at("/output/0/url").asText());
    }

    HttpResponse<byte[]> download(URI url, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return exchange(request.build(), BodyHandlers.ofByteArray());
    }

    /** A request with the usual key; the path follows the base URL. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.lumaBaseUrl() + path))
                .header("Authorization", "Bearer " + KEY)
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return exchange(request.build(), BodyHandlers.ofString());
    }

    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    JsonNode json(HttpResponse<String> reply) {
        try {
            return mapper.readTree(reply.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
