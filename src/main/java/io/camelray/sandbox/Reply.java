package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole HTTP reply. */
record Reply(int status, Map<String, String> headers, byte[] body) {

    static Reply json(int status, JsonNode body) {
        return text(status, "application/json", body.toString());
    }

    static Reply text(int status, String contentType, String body) {
        return new Reply(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The provider's usual error: {@code {"detail": "…"}}. */
    static Reply detail(int status, String detail) {
        return detail(status, JsonNodeFactory.instance.textNode(detail));
    }

    static Reply detail(int status, JsonNode detail) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("detail", detail);
        return json(status, body);
    }

    Reply with(String header, Object value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value.toString());
        return new Reply(status, more, body);
    }

    Reply withBody(byte[] newBody) {
        return new Reply(status, headers, newBody);
    }
}
