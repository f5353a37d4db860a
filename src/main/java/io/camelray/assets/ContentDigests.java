package io.camelray.assets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What identifies a file's bytes, in every form that a store may name.
 *
 * @param sha256 hexadecimal
 * @param md5 hexadecimal; empty where it was left out: it costs more than twice what all the others do together, and only a
 *     store that keeps no checksums is asked for it
 * @param crc32 Base64 of the four bytes, as S3 writes it
 * @param crc32c Base64 of the four bytes, as S3 writes it
 */
public record ContentDigests(long bytes, String sha256, String md5, String crc32, String crc32c) {

    private static final int BUFFER = 128 * 1024;

    /** Reads the file once, in constant memory. */
    public static ContentDigests of(Path file) throws IOException {
        return of(file, RunningDigests.all());
    }

    /** The same, without the MD5. */
    public static ContentDigests withoutMd5(Path file) throws IOException {
        return of(file, RunningDigests.withoutMd5());
    }

    private static ContentDigests of(Path file, RunningDigests digests) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, digests);
        }
    }

    static ContentDigests of(InputStream in) throws IOException {
        return of(in, RunningDigests.all());
    }

    static ContentDigests withoutMd5(InputStream in) throws IOException {
        return of(in, RunningDigests.withoutMd5());
    }

    private static ContentDigests of(InputStream in, RunningDigests digests) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            digests.update(buffer, 0, count);
        }
        return digests.end();
    }

    /** Whether the SHA-256 is the same: what has it has the same bytes, whatever else is known of either. */
    public boolean isSameAs(ContentDigests other) {
        return bytes == other.bytes && sha256.equals(other.sha256);
    }

    boolean isOf(byte[] bytes) {
        return sha256.equals(HexFormat.of().formatHex(Hashes.sha256().digest(bytes)));
    }

    /** The SHA-256 as S3 writes it. */
    String sha256Base64() {
        return base64(sha256);
    }

    /** The MD5 as S3 takes it. */
    String md5Base64() {
        return base64(md5);
    }

    static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
