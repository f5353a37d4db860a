package io.camelray.delivery;

import io.camelray.assets.ObjectStore;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.RenderRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is written onto a stored object: enough to find the render again, and that it was made by an AI. */
final class ObjectMetadata {

    /** S3 allows 2 kB in all. */
    private static final int LONGEST = 200;

    private ObjectMetadata() {}

    static Map<String, String> of(RenderRecord render, SecuredFile file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        put(metadata, "campaign", render.campaign());
        put(metadata, "revision", Integer.toString(render.revision()));
        put(metadata, "render", render.id().toString());
        put(metadata, "step", render.step());
        put(metadata, "variant", render.label());
        put(metadata, "provider", render.provider().label());
        render.job().ifPresent(job -> put(metadata, "job", job.value()));
        put(metadata, "manifest", render.manifestDigest());
        put(metadata, ObjectStore.SHA256_METADATA, file.sha256());
        put(metadata, "ai-generated", "true");
        put(metadata, "digital-source-type", "trainedAlgorithmicMedia");
        return metadata;
    }

    private static void put(Map<String, String> metadata, String name, String value) {
        if (!value.isEmpty()) {
            metadata.put(name, ascii(value));
        }
    }

    /** Printable ASCII; the rest, and the percent sign, as percent-encoded UTF-8. Cut at a character's boundary. */
    private static String ascii(String value) {
        StringBuilder text = new StringBuilder();
        for (int codePoint : value.codePoints().toArray()) {
            String next = ascii(codePoint);
            if (text.length() + next.length() > LONGEST) {
                break;
            }
            text.append(next);
        }
        return text.toString().strip().replaceAll(" +", " "); // signatures do not agree on runs of spaces
    }

    private static String ascii(int codePoint) {
        if (codePoint >= 0x20 && codePoint < 0x7F && codePoint != '%') {
            return Character.toString(codePoint);
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", b & 0xFF));
        }
        return encoded.toString();
    }
}
