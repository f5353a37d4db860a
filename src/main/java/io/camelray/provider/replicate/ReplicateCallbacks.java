package io.camelray.provider.replicate;

import io.camelray.model.ProviderJobId;
import io.camelray.provider.Callback;
import io.camelray.provider.CallbackScheme;
import io.camelray.provider.ReplyJson;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Replicate's webhooks (ray-api §1.3.6): HMAC-SHA-256 over {@code id.timestamp.body}, in the manner of Svix. */
public final class ReplicateCallbacks implements CallbackScheme {

    /** Below the public base address; the account's name follows. */
    public static final String PATH = "/webhooks/replicate/";

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int SIGNATURES_AT_MOST = 16;

    /** Whether a text is a secret as Replicate gives them. */
    public static boolean isSecret(String text) {
        return key(text).isPresent();
    }

    @Override
    public WireRequest secretQuery() {
        return WireRequest.get("/webhooks/default/secret");
    }

    @Override
    public Optional<String> secret(WireReply reply) {
        return Optional.of(reply)
                .filter(WireReply::isSuccess)
                .flatMap(ReplyJson::object)
                .flatMap(body -> ReplyJson.id(body, "key"))
                .filter(ReplicateCallbacks::isSecret);
    }

    @Override
    public boolean isGenuine(Callback callback, String secret) {
        byte[] right = sign(callback, key(secret).orElseThrow());
        boolean genuine = false;
        String[] signatures = callback.signatures().split(" +", SIGNATURES_AT_MOST + 1);
        for (int i = 0; i < Math.min(signatures.length, SIGNATURES_AT_MOST); i++) {
            genuine |= signatures[i].startsWith(VERSION)
                    && MessageDigest.isEqual(right, decoded(signatures[i].substring(VERSION.length())));
        }
        return genuine;
    }

    @Override
    public Optional<ProviderJobId> job(Callback callback) {
        return ReplyJson.object(new WireReply(200, Map.of(), callback.body(), false))
                .flatMap(body -> ReplyJson.id(body, "id"))
                .map(ProviderJobId::new);
    }

    private static byte[] sign(Callback callback, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((callback.id() + "." + callback.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(callback.body());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    private static Optional<byte[]> key(String secret) {
        return Optional.of(secret)
                .filter(text -> text.startsWith(SECRET_PREFIX))
                .map(text -> decoded(text.substring(SECRET_PREFIX.length())))
                .filter(key -> key.length > 0);
    }

    /** Empty for what is not base64. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
