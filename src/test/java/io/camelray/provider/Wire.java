package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.MediaRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What tests put on the wire, and how they read it. */
public final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    /** What is on the web is handed on, what is a file is sent along, what is a generation is chained. */
    public static final MediaResolver MEDIA = ref -> {
        if (ref instanceof MediaRef.Web web) {
            return new ResolvedMedia.Url(web.url(), type(web.url()));
        }
        if (ref instanceof MediaRef.LocalFile file) {
            return new ResolvedMedia.Inline("QUJD", type(file.path()));
        }
        if (ref instanceof MediaRef.Generation generation) {
            return new ResolvedMedia.Chained(generation.id());
        }
        throw new IllegalArgumentException("Not prepared: " + ref);
    };

    private static String type(String name) {
        return name.endsWith(".mp4") ? "video/mp4" : "image/png";
    }

    public static WireReply reply(int status, String body) {
        return reply(status, body, Map.of());
    }

    public static WireReply reply(int status, String body, Map<String, String> headers) {
        return new WireReply(status, headers, body.getBytes(StandardCharsets.UTF_8), false);
    }

    public static JsonNode json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8));
    }

    public static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
