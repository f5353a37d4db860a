package io.camelray.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;

/** What makes two manifests the same: SHA-256 over the bytes, and over the files that they name. */
final class ManifestDigest {

    private ManifestDigest() {}

    static String of(ManifestSource source) {
        return of(source, Collections.emptySortedMap());
    }

    /** @param files the digests of the local files that it names, by path */
    static String of(ManifestSource source, SortedMap<String, String> files) {
        MessageDigest digest = Digests.sha256();
        digest.update(source.bytes());
        if (!files.isEmpty()) {
            byte[] manifest = digest.digest();
            digest.update(manifest);
            files.forEach((path, sha256) -> digest.update((path + '\0' + sha256 + '\n').getBytes(UTF_8)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
