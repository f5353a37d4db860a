package io.camelray.assets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * What identifies a file's bytes, in every form that a store may name.
 *
 * @param sha256 hexadecimal
 * @param md5 hexadecimal
 * @param crc32 Base64 of the four bytes, as S3 writes it
 * @param crc32c Base64 of the four bytes, as S3 writes it
 */
public record ContentDigests(long bytes, String sha256, String md5, String crc32, String crc32c) {

    private static final int BUFFER = 64 * 1024;

    /** Reads the file once, in constant memory. */
    public static ContentDigests of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    static ContentDigests of(InputStream in) throws IOException {
        MessageDigest sha256 = Hashes.sha256();
        MessageDigest md5 = Hashes.md5();
        Checksum crc32 = new CRC32();
        Checksum crc32c = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            sha256.update(buffer, 0, count);
            md5.update(buffer, 0, count);
            crc32.update(buffer, 0, count);
            crc32c.update(buffer, 0, count);
            bytes += count;
        }
        HexFormat hex = HexFormat.of();
        return new ContentDigests(
                bytes, hex.formatHex(sha256.digest()), hex.formatHex(md5.digest()), base64(crc32), base64(crc32c));
    }

    boolean isOf(byte[] bytes) {
        return sha256.equals(HexFormat.of().formatHex(Hashes.sha256().digest(bytes)));
    }

    /** The SHA-256 as S3 writes it. */
    String sha256Base64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
    }

    /** The MD5 as S3 takes it. */
    String md5Base64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(md5));
    }

    private static String base64(Checksum checksum) {
        byte[] four = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
        return Base64.getEncoder().encodeToString(four);
    }
}
