package io.camelray.intake;

import java.util.HexFormat;

/** What makes two manifests the same: SHA-256 over the bytes. */
final class ManifestDigest {

    private ManifestDigest() {}

    static String of(ManifestSource source) {
        return HexFormat.of().formatHex(Digests.sha256().digest(source.bytes()));
    }
}
