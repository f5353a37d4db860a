package io.camelray.cli;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what is logged: the configured ones wherever they stand, and what looks like one: bearer tokens,
 * the providers' keys, the signatures of presigned URLs. Thread-safe.
 */
final class Redactor {

    private static final String HIDDEN = "[redacted]";
    private static final int SHORTEST = 6;

    private static final List<Pattern> LOOKS_LIKE_ONE = List.of(
            Pattern.compile("(?i)(?<=bearer )[A-Za-z0-9._~+/=-]{6,}"),
            Pattern.compile("(?i)(?<=[?&](?:X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|X-Goog-Signature"
                    + "|Signature|sig|token|password|secret)=)[^&\\s\"']+"),
            Pattern.compile("luma-api-[A-Za-z0-9_-]{4,}"),
            Pattern.compile("\\br8_[A-Za-z0-9]{8,}"));

    private final Set<String> secrets = new CopyOnWriteArraySet<>();

    /** Hides these from now on; what is too short to be a secret is left, or every line would be holes. */
    void hide(Collection<String> some) {
        some.stream()
                .filter(secret -> secret != null && secret.length() >= SHORTEST)
                .forEach(secret -> {
                    secrets.add(secret);
                    // As a line of JSON has it.
                    secrets.add(
                            secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
                });
    }

    String redact(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, HIDDEN);
        }
        for (Pattern pattern : LOOKS_LIKE_ONE) {
            shown = pattern.matcher(shown).replaceAll(HIDDEN);
        }
        return shown;
    }
}
