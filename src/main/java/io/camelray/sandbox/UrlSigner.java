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

/** Signs URLs of the storage origin the way S3 or Google does it, as far as a client can tell, and judges those that come in. */
final class UrlSigner {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final URI origin;
    private final Duration life;
    private final byte[] secret;
    private final Dialect dialect;
    private final AtomicLong minted = new AtomicLong();

    UrlSigner(URI origin, Duration life, byte[] secret, Dialect dialect) {
        this.dialect = dialect;
        this.origin = origin;
        this.life = life;
        this.secret = secret.clone();
    }

    /** A URL that differs from every one before. */
    URI sign(String path, Instant now) {
        String query =
                dialect.prefix + "Algorithm=" + dialect.algorithm + "&" + dialect.prefix + "Date=" + DATE.format(now)
                        + "&" + dialect.prefix + "Expires=" + life.toSeconds() + "&" + dialect.prefix
                        + "SignedHeaders=host&mint="
                        + minted.incrementAndGet();
        return origin.resolve(path + "?" + query + dialect.signature() + hmac(path + "\n" + query));
    }

    /** @param query may be null */
    Verdict judge(String path, String query, Instant now) {
        int cut = query == null ? -1 : query.lastIndexOf(dialect.signature());
        if (cut < 0) {
            return new Verdict.Altered();
        }
        String signed = query.substring(0, cut);
        String signature = query.substring(cut + dialect.signature().length());
        byte[] expected = hmac(path + "\n" + signed).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
            return new Verdict.Altered();
        }
        Instant expires = mintedAt(signed).plus(life);
        return now.isBefore(expires) ? new Verdict.Good(signature) : new Verdict.Expired(expires);
    }

    private Instant mintedAt(String query) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith(dialect.prefix + "Date=")) {
                return Instant.from(DATE.parse(parameter.substring((dialect.prefix + "Date=").length())));
            }
        }
        throw new DateTimeException("no date in a query that this signer signed");
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

    /** Whose parameters a URL has. */
    enum Dialect {
        S3("X-Amz-", "AWS4-HMAC-SHA256"),
        GOOGLE("X-Goog-", "GOOG4-RSA-SHA256");

        private final String prefix;
        private final String algorithm;

        Dialect(String prefix, String algorithm) {
            this.prefix = prefix;
            this.algorithm = algorithm;
        }

        private String signature() {
            return "&" + prefix + "Signature=";
        }
    }

    /** What a URL is worth. */
    sealed interface Verdict {
        record Good(String signature) implements Verdict {}

        record Expired(Instant at) implements Verdict {}

        record Altered() implements Verdict {}
    }
}
