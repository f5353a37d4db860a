package io.camelray.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Fetches the media that a request names and looks into them, as the providers do before they accept it. */
final class MediaInspector {

    private static final long MAX_IMAGE_BYTES = 52_428_800;
    private static final long MAX_FILM_BYTES = 200L * 1024 * 1024;
    private static final int MAX_SIDE = 8000;
    private static final Duration PATIENCE = Duration.ofSeconds(18);
    private static final Pattern PRIVATE_HOST = Pattern.compile(
            "localhost|.*\\.(local|internal)|127\\..*|10\\..*|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
                    + "|\\[.*]");

    private final boolean publicOnly;
    private final boolean looksInside;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param looksInside whether anything is fetched or decoded; else only the form of addresses counts */
    MediaInspector(boolean publicOnly, boolean looksInside) {
        this.publicOnly = publicOnly;
        this.looksInside = looksInside;
    }

    Inspection imageAt(String field, String url) {
        return fetched(field, url, true);
    }

    Inspection filmAt(String field, String url) {
        return fetched(field, url, false);
    }

    Inspection image(String field, byte[] data) {
        if (data.length > MAX_IMAGE_BYTES) {
            return tooLarge(field, true);
        }
        if (!looksInside) {
            return Inspection.NOTHING;
        }
        Optional<SourceShape> shape = MediaProbe.picture(data);
        if (shape.isEmpty()) {
            return Inspection.refused(422, field + ": content-type is not an image");
        }
        return shape.get().width() > MAX_SIDE || shape.get().height() > MAX_SIDE
                ? Inspection.refused(422, field + ": image is larger than 8000 pixels")
                : Inspection.of(shape.get());
    }

    Inspection film(String field, byte[] data) {
        if (data.length > MAX_FILM_BYTES) {
            return tooLarge(field, false);
        }
        return looksInside ? withFile(file -> film(Files.write(file, data))) : Inspection.NOTHING;
    }

    private static Inspection film(Path file) {
        return MediaProbe.film(file).map(Inspection::of).orElseGet(() -> Inspection.failing("corrupt_input"));
    }

    private Inspection fetched(String field, String url, boolean image) {
        Optional<URI> address = address(url);
        if (address.isEmpty()) {
            return Inspection.refused(422, field + ": failed to fetch URL");
        }
        return looksInside ? withFile(file -> fetched(field, address.get(), image, file)) : Inspection.NOTHING;
    }

    private Inspection fetched(String field, URI address, boolean image, Path file) throws IOException {
        long limit = image ? MAX_IMAGE_BYTES : MAX_FILM_BYTES;
        Optional<HttpResponse<Path>> reply = fetch(address, file, limit);
        if (reply.isEmpty()) {
            return Inspection.refused(422, field + ": failed to fetch URL");
        }
        int status = reply.get().statusCode();
        if (status != 200) {
            return Inspection.refused(422, field + ": failed to fetch URL (HTTP " + status + ")");
        }
        String type = reply.get().headers().firstValue("Content-Type").orElse("");
        if (image && !type.toLowerCase(Locale.ROOT).startsWith("image/")) {
            return Inspection.refused(422, field + ": content-type is not an image");
        }
        long stated = reply.get().headers().firstValueAsLong("Content-Length").orElse(0);
        if (Math.max(stated, Files.size(file)) > limit) {
            return tooLarge(field, image);
        }
        return image ? image(field, Files.readAllBytes(file)) : film(file);
    }

    private Optional<HttpResponse<Path>> fetch(URI address, Path file, long limit) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        CompletableFuture<HttpResponse<Path>> exchange = client.sendAsync(
                request,
                info -> info.statusCode() == 200
                                && info.headers()
                                                .firstValueAsLong("Content-Length")
                                                .orElse(0)
                                        <= limit
                        ? BodySubscribers.ofFile(file)
                        : BodySubscribers.mapping(BodySubscribers.ofInputStream(), body -> unread(body, file)));
        try {
            return Optional.of(exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            exchange.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Path unread(InputStream body, Path file) {
        try {
            body.close();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address that may be fetched from, or nothing. */
    private Optional<URI> address(String url) {
        try {
            URI uri = URI.create(url);
            if (!uri.isAbsolute() || uri.getHost() == null) {
                return Optional.empty();
            }
            boolean inside =
                    PRIVATE_HOST.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
            List<String> schemes = publicOnly ? List.of("https") : List.of("http", "https");
            return schemes.contains(uri.getScheme()) && !(publicOnly && inside) ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isAddress(String url) {
        return address(url).isPresent();
    }

    private static Inspection tooLarge(String field, boolean image) {
        return Inspection.refused(
                413, field + (image ? ": Image exceeds 50 MB size limit" : ": Video exceeds 200 MB size limit"));
    }

    private static Inspection withFile(Look look) {
        try {
            Path file = Files.createTempFile("sandbox-media", null);
            try {
                return look.at(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for the media of a request", e);
        }
    }

    private interface Look {
        Inspection at(Path file) throws IOException;
    }
}
