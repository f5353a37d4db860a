package io.camelray.observe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The trace of one revision of a campaign. Its ids are made from the revision's name and digest, so that every node, and every later life
 * of the program, adds to the same trace without anything being kept or handed over.
 */
record RevisionTrace(String traceId, String spanId) {

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    /** @param digest of the revision's manifest: two ledgers may both know a campaign of this name */
    static RevisionTrace of(String campaign, int revision, String digest) {
        byte[] hash = sha256(campaign + "/r" + revision + "/" + digest);
        HexFormat hex = HexFormat.of();
        return new RevisionTrace(
                hex.formatHex(hash, 0, TRACE_BYTES), hex.formatHex(hash, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES));
    }

    /** As the W3C header says it: sampled. */
    String parent() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
