package io.camelray.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The contact sheet's own script and style, and the policy that lets a browser run these and nothing else. */
public final class SheetAssets {

    static final String STYLE = resource("contact-sheet.css");
    static final String SCRIPT = resource("contact-sheet.js");

    private SheetAssets() {}

    /** The Content-Security-Policy of every contact sheet: this script and this style by their hashes, pictures and clips. */
    public static String contentSecurityPolicy() {
        return "default-src 'none'; script-src " + hash(SCRIPT) + "; style-src " + hash(STYLE)
                + "; img-src 'self' file: https: http:; media-src 'self' file: https: http:; base-uri 'none';"
                + " form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = SheetAssets.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + name + " cannot be read", e);
        }
    }
}
