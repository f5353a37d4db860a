package io.camelray.chaos;

import java.util.List;

/** Secrets that are planted where the program needs them, and must turn up nowhere else. */
final class Canaries {

    static final String API_KEY = "luma-api-canary-9d1f7c3e";
    static final String ACCESS_KEY = "canary-access-51b2";
    static final String SECRET_KEY = "canary-secret-c47a90ef";
    static final String PICTURE_QUERY = "X-Amz-Signature=canary-signature-77e0";

    /** What no log, report, sidecar or event may contain; the sandbox signs its URLs with the last two. */
    static final List<String> ALL =
            List.of("canary-9d1f7c3e", SECRET_KEY, "canary-signature-77e0", "signature=", "Signature=");

    private Canaries() {}
}
