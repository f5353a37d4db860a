package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One request to the API origin, its body read. */
record ApiRequest(String method, String path, String rawQuery, Headers headers, byte[] body) {

    /** The first value of a header, or null. */
    String header(String name) {
        return headers.getFirst(name);
    }

    /** The body, or a missing node, which no request's shape allows. */
    JsonNode json(ObjectMapper mapper) {
        try {
            return mapper.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The query's parameters; of equal names the last. */
    Map<String, String> query() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : rawQuery == null ? new String[0] : rawQuery.split("&")) {
            int cut = part.indexOf('=');
            if (cut > 0) {
                parameters.put(decoded(part.substring(0, cut)), decoded(part.substring(cut + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
