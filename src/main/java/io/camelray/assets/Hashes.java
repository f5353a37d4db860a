package io.camelray.assets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that every Java runtime has. */
final class Hashes {

    private Hashes() {}

    static MessageDigest sha256() {
        return named("SHA-256");
    }

    /** For comparing with S3 entity tags only. */
    static MessageDigest md5() {
        return named("MD5");
    }

    private static MessageDigest named(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks " + name, e);
        }
    }
}
