package io.camelray.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs URLs of the storage origin the way S3 does it, as far as a client can tell, and judges those that come in. */
final class UrlSigner {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String SIGNATURE = "&X-Amz-Signature=";

    private final URI origin;
    private final Duration life;
    private final byte[] secret;
    private final AtomicLong minted = new AtomicLong();

    UrlSigner(URI origin, Duration life, byte[] secret) {
        this.origin = origin;
        this.life = life;
        this.secret = secret.clone();
    }

    /** A URL that differs from every one before. */
    URI sign(String path, Instant now) {
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=" + DATE.format(now) + "&X-Amz-Expires="
                + life.toSeconds() + "&X-Amz-SignedHeaders=host&mint=" + minted.incrementAndGet();
        return origin.resolve(path + "?" + query + SIGNATURE + hmac(path + "\n" + query));
    }

    /** @param query may be null */
    Verdict judge(String path, String query, Instant now) {
        int cut = query == null ? -1 : query.lastIndexOf(SIGNATURE);
        if (cut < 0) {
            return new Verdict.Altered();
        }
        String signed = query.substring(0, cut);
        String signature = query.substring(cut + SIGNATURE.length());
        byte[] expected = hmac(path + "\n" + signed).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
            return new Verdict.Altered();
        }
        Instant expires = mintedAt(signed).plus(life);
        return now.isBefore(expires) ? new Verdict.Good(signature) : new Verdict.Expired(expires);
    }

    private static Instant mintedAt(String query) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("X-Amz-Date=")) {
                return Instant.from(DATE.parse(parameter.substring("X-Amz-Date=".length())));
            }
        }
        throw new DateTimeException("no X-Amz-Date in a query that this signer signed");
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a URL is worth. */
    sealed interface Verdict {
        record Good(String signature) implements Verdict {}

        record Expired(Instant at) implements Verdict {}

        record Altered() implements Verdict {}
    }
}
