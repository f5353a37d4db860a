package io.camelray.assets;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Sends the SHA-256 that an object's metadata record along as its checksum, so that the store refuses any other bytes before
 * they get a name, and can be asked for it ever after. Without it the client makes a checksum of whatever it reads while it
 * sends. A request that has a checksum of its own is left as it is, and so is every one where the environment tells the
 * SDK to send no checksums ({@code AWS_REQUEST_CHECKSUM_CALCULATION=when_required}: for stores that do not take them).
 * Thread-safe.
 */
public final class RecordedChecksum implements ExecutionInterceptor {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return context.request() instanceof PutObjectRequest put && !hasChecksum(put)
                ? of(put.metadata())
                        .<SdkRequest>map(
                                sum -> put.toBuilder().checksumSHA256(sum).build())
                        .orElse(put)
                : context.request();
    }

    private static boolean hasChecksum(PutObjectRequest put) {
        return put.contentMD5() != null
                || put.checksumAlgorithm() != null
                || put.checksumSHA256() != null
                || put.checksumSHA1() != null
                || put.checksumCRC32() != null
                || put.checksumCRC32C() != null
                || put.checksumCRC64NVME() != null;
    }

    /** The checksum to send with this metadata, as S3 writes it; empty if they record none, or none is wanted. */
    static Optional<String> of(Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(ObjectStore.SHA256_METADATA))
                .filter(hex -> SHA256.matcher(hex).matches())
                .filter(hex -> isWanted())
                .map(ContentDigests::base64);
    }

    private static boolean isWanted() {
        return SdkSystemSetting.AWS_REQUEST_CHECKSUM_CALCULATION
                .getStringValue()
                .map(value -> !value.equalsIgnoreCase("when_required"))
                .orElse(true);
    }
}
