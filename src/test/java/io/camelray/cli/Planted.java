package io.camelray.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Secrets that are planted where the program needs them, and what was found of them elsewhere. */
final class Planted {

    static final String LUMA_KEY = "luma-api-canary-9d1f7c3e";
    static final String REPLICATE_TOKEN = "r8_canary7c3e0123456789";
    static final String ACCESS_KEY = "CANARYACCESS51B2";
    static final String SECRET_KEY = "canary/secret+c47a90ef";
    static final String LEDGER_PASSWORD = "canary-ledger-40c1";
    static final String PAGE_TOKEN = "canary-page-token-88aa";
    static final String WEBHOOK_KEY =
            Base64.getEncoder().encodeToString("canary-webhook-key-of-32-bytes!!".getBytes(UTF_8));
    static final String HOOK_PATH = "T0CANARY/B0CANARY/x7x7x7";
    static final String HOOK_QUERY = "canary-hook-query-5d5d";
    static final String PICTURE_SIGNATURE = "canary-signature-77e0";

    static final String TRUST_PASSWORD = "canary-trust-1b1b";

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();

    Planted() {
        plant("the key at Luma", LUMA_KEY);
        plant("the token at Replicate", REPLICATE_TOKEN);
        plant("the access key", ACCESS_KEY);
        plant("the secret key", SECRET_KEY);
        plant("the ledger's password", LEDGER_PASSWORD);
        plant("the page's token", PAGE_TOKEN);
        plant("the webhook's secret", WEBHOOK_KEY);
        plant("the trust store's password", TRUST_PASSWORD);
        plant("the path of the digests' address", HOOK_PATH);
        plant("the query of the digests' address", HOOK_QUERY);
        plant("the signature of a user's own address", PICTURE_SIGNATURE);
        plant("a signature of ours", "X-Amz-Signature=");
    }

    /** What is known only while the program runs. */
    void plant(String what, String secret) {
        secrets.put(what, secret);
    }

    /** Looks through what somebody can see. */
    void look(String place, String text) {
        secrets.forEach((what, secret) -> {
            int at = text.indexOf(secret);
            if (at >= 0) {
                found.add(what + " stands in " + place + ": …"
                        + text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 40)) + "…");
            }
        });
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
