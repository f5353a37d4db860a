package io.camelray.assets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Tags objects for those who sort, bill and expire by tags. A bucket whose store knows no tags, or does not let us write
 * them, is told of once and not asked again: an object is no worse without them. Thread-safe.
 */
public final class ObjectTags {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectTags.class);
    private static final int MOST_TAGS = 10;
    private static final int LONGEST_VALUE = 256;

    private final S3Client client;
    private final Set<String> without = ConcurrentHashMap.newKeySet();

    public ObjectTags(S3Client client) {
        this.client = client;
    }

    /**
     * Gives an object these tags in place of those that it has; ten at most.
     *
     * @throws StoreUnavailableException if the store cannot be reached, or has trouble of its own
     */
    public void put(String bucket, String key, Map<String, String> tags) throws StoreUnavailableException {
        if (tags.isEmpty() || without.contains(bucket)) {
            return;
        }
        List<Tag> set = clean(tags).entrySet().stream()
                .limit(MOST_TAGS)
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        try {
            client.putObjectTagging(request -> request.bucket(bucket).key(key).tagging(all -> all.tagSet(set)));
        } catch (S3Exception e) {
            if (isForGood(e)) {
                if (without.add(bucket)) {
                    LOG.warn(
                            "Objects in bucket {} get no tags: the store answered {}. Give the credentials"
                                    + " s3:PutObjectTagging, or say ray.deliver.tags=false",
                            bucket,
                            e.statusCode());
                }
                return;
            }
            throw ObjectStore.unavailable("tag", bucket, key, e);
        } catch (SdkException e) {
            throw ObjectStore.unavailable("tag", bucket, key, e);
        }
    }

    /** Credentials that have expired are also answered with 400 and 403, and come back. */
    private static boolean isForGood(S3Exception e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        return switch (e.statusCode()) {
            case 405, 501 -> true;
            case 400, 403 ->
                List.of("AccessDenied", "NotImplemented", "MethodNotAllowed", "InvalidArgument", "InvalidRequest")
                        .contains(code);
            default -> false;
        };
    }

    /** S3 takes letters, digits, spaces and {@code + - = . _ : / @} in tags. */
    private static Map<String, String> clean(Map<String, String> tags) {
        Map<String, String> clean = new LinkedHashMap<>();
        tags.forEach((name, value) -> {
            String plain = value.replaceAll("[^\\p{L}\\p{Nd} +\\-=._:/@]", "_");
            clean.put(name, plain.substring(0, plain.offsetByCodePoints(0, shorter(plain))));
        });
        return clean;
    }

    private static int shorter(String text) {
        return Math.min(text.codePointCount(0, text.length()), LONGEST_VALUE);
    }
}
