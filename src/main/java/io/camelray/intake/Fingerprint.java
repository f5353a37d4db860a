package io.camelray.intake;

import io.camelray.model.RenderRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What makes two renders the same work: SHA-256 over the neutral fields, each with its name and length. Fields that are
 * yet to come are added only where they are set, so that earlier fingerprints stay.
 */
final class Fingerprint {

    private static final String VERSION = "camel-ray render 1\n";

    private final MessageDigest digest = Digests.sha256();

    private Fingerprint() {
        digest.update(VERSION.getBytes(StandardCharsets.UTF_8));
    }

    static String of(RenderRequest request) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add("operation", request.operation().label());
        fingerprint.add("prompt", request.prompt());
        request.aspectRatio().ifPresent(ratio -> fingerprint.add("aspectRatio", ratio.label()));
        fingerprint.add("resolution", request.resolution().label());
        fingerprint.add("duration", request.length().label());
        fingerprint.addIfSet("hdr", request.hdr());
        fingerprint.addIfSet("exrExport", request.exrExport());
        fingerprint.addIfSet("loop", request.loop());
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void addIfSet(String name, boolean value) {
        if (value) {
            add(name, "true");
        }
    }

    private void add(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((name + ':' + bytes.length + ':').getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        digest.update((byte) '\n');
    }
}
