package io.camelray.intake;

import io.camelray.ledger.AdHocLedger;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One render, asked for without a manifest.
 *
 * @param key what the asker calls it; the same key is the same request, whenever it is asked
 * @param provider who is to render; empty: the operator's choice
 * @param account who is to pay; empty: the provider's account
 * @param budget what it may cost, further attempts included; it is not part of what makes two requests the same
 * @param fields the render fields, each with a value as a manifest writes it; {@code keyframes}, {@code edit} and
 *     {@code sourcePosition} may also be JSON text, flags the texts {@code true} and {@code false}
 * @param trusted the fields whose values the operator wrote, and no message: a local file that they name may lie anywhere
 */
public record AdHocRequest(
        String key,
        Operation operation,
        Optional<String> provider,
        Optional<String> account,
        Money budget,
        Map<String, Object> fields,
        Set<String> trusted) {

    /** The longest key. */
    public static final int LONGEST_KEY = 500;

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}");

    public AdHocRequest {
        fields = new LinkedHashMap<>(fields);
        trusted = Set.copyOf(trusted);
    }

    /** The campaign that this request is in the ledger. */
    public String campaign() {
        return campaign(key);
    }

    /** The campaign of a key: a key that can be part of a name is, of others it is a digest. */
    public static String campaign(String key) {
        return AdHocLedger.PREFIX + name(key);
    }

    static String name(String key) {
        if (PLAIN.matcher(key).matches() && !DIGEST.matcher(key).matches()) {
            return key;
        }
        byte[] digest = Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 20);
    }
}
