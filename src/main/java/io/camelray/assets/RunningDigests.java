package io.camelray.assets;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** {@link ContentDigests} in the making. Used by one thread at a time. */
final class RunningDigests {

    private final MessageDigest sha256 = Hashes.sha256();
    private final Optional<MessageDigest> md5;
    private final Checksum crc32 = new CRC32();
    private final Checksum crc32c = new CRC32C();
    private long bytes;

    private RunningDigests(Optional<MessageDigest> md5) {
        this.md5 = md5;
    }

    static RunningDigests all() {
        return new RunningDigests(Optional.of(Hashes.md5()));
    }

    static RunningDigests withoutMd5() {
        return new RunningDigests(Optional.empty());
    }

    void update(byte[] from, int offset, int count) {
        sha256.update(from, offset, count);
        md5.ifPresent(digest -> digest.update(from, offset, count));
        crc32.update(from, offset, count);
        crc32c.update(from, offset, count);
        bytes += count;
    }

    /** Of everything so far; ends it. */
    ContentDigests end() {
        HexFormat hex = HexFormat.of();
        return new ContentDigests(
                bytes,
                hex.formatHex(sha256.digest()),
                md5.map(digest -> hex.formatHex(digest.digest())).orElse(""),
                base64(crc32),
                base64(crc32c));
    }

    private static String base64(Checksum checksum) {
        byte[] four = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
        return Base64.getEncoder().encodeToString(four);
    }
}
