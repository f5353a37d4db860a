package io.camelray.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A request as it goes over the wire, less the credentials.
 *
 * @param method {@code GET} or {@code POST}
 * @param path below the account's base URL, beginning with a slash
 * @param body JSON; empty for none
 */
public record WireRequest(String method, String path, byte[] body) {

    private static final byte[] NONE = {};

    public static WireRequest get(String path) {
        return new WireRequest("GET", path, NONE);
    }

    public static WireRequest post(String path, String json) {
        return new WireRequest("POST", path, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A value as it may stand in a path segment or a query. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** SHA-256 of the body, hexadecimal. */
    public String bodyHash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
