package io.camelray.assets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects directly below a prefix of a bucket, into which others write at any time: what is read, and what is taken
 * away, is always the object that was listed, known by its entity tag.
 */
public final class DropPrefix {

    /** How many objects one listing knows at the most. */
    public static final int LISTED = 10_000;

    private static final int NOT_FOUND = 404;
    private static final int ANOTHER_ONE = 412;
    private static final int CONFLICT = 409;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int BUFFER = 64 * 1024;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** @param prefix empty, or ends with a slash */
    public DropPrefix(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** @param key all of it @param entityTag of these very bytes */
    public record Dropped(String key, String entityTag, long bytes, Instant modified) {

        /** What is behind the last slash of the key. */
        public String name() {
            return key.substring(key.lastIndexOf('/') + 1);
        }
    }

    /**
     * The first to have been written first; at most {@link #LISTED}, those whose keys come first.
     *
     * @throws StoreUnavailableException if the store cannot be reached or refuses
     */
    public List<Dropped> list() throws StoreUnavailableException {
        try {
            List<Dropped> found = new ArrayList<>();
            ListObjectsV2Request.Builder request =
                    ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).delimiter("/");
            Optional<String> next = Optional.empty();
            do {
                next.ifPresent(request::continuationToken);
                ListObjectsV2Response page = client.listObjectsV2(request.build());
                for (S3Object object : page.contents()) {
                    if (!object.key().endsWith("/")) {
                        found.add(new Dropped(object.key(), object.eTag(), object.size(), object.lastModified()));
                    }
                }
                next = Optional.ofNullable(page.nextContinuationToken())
                        .filter(token -> Boolean.TRUE.equals(page.isTruncated()));
            } while (next.isPresent() && found.size() < LISTED);
            found.sort(Comparator.comparing(Dropped::modified).thenComparing(Dropped::key));
            return found;
        } catch (SdkException e) {
            throw unavailable("list", prefix, e);
        }
    }

    /** The object that is at a place below the prefix now. @throws StoreUnavailableException if that cannot be told */
    public Optional<Dropped> find(String below) throws StoreUnavailableException {
        String key = prefix + below;
        try {
            var head = client.headObject(request -> request.bucket(bucket).key(key));
            return Optional.of(new Dropped(key, head.eTag(), head.contentLength(), head.lastModified()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw unavailable("look at", key, e);
        } catch (SdkException e) {
            throw unavailable("look at", key, e);
        }
    }

    /**
     * Copies exactly this object into a file, but never more of it than so many bytes.
     *
     * @return false if there is another object, or none, by now
     * @throws StoreUnavailableException if the store cannot be reached or refuses
     * @throws IOException if the file cannot be written
     */
    public boolean download(Dropped object, long atMost, Path file) throws IOException {
        try (ResponseInputStream<GetObjectResponse> in = client.getObject(
                request -> request.bucket(bucket).key(object.key()).ifMatch(object.entityTag()))) {
            try (OutputStream out = Files.newOutputStream(file)) {
                long got = copy(in, out, atMost);
                if (got < Math.min(atMost, object.bytes())) {
                    throw new StoreUnavailableException(
                            "Could not read s3://" + bucket + "/" + object.key() + ": it ended early", null);
                }
                if (got == atMost) {
                    in.abort();
                }
            }
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == ANOTHER_ONE) {
                return false;
            }
            throw unavailable("read", object.key(), e);
        } catch (SdkException e) {
            throw unavailable("read", object.key(), e);
        }
    }

    private static long copy(InputStream in, OutputStream out, long atMost) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = atMost;
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        while (read > 0) {
            out.write(buffer, 0, read);
            left -= read;
            read = left == 0 ? -1 : in.read(buffer, 0, (int) Math.min(buffer.length, left));
        }
        return atMost - left;
    }

    /** The first bytes of exactly this object; empty if it is empty, or there is another one, or none, by now. */
    public Optional<byte[]> start(Dropped object, int count) throws StoreUnavailableException {
        if (object.bytes() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(client.getObjectAsBytes(request -> request.bucket(bucket)
                            .key(object.key())
                            .ifMatch(object.entityTag())
                            .range("bytes=0-" + (count - 1)))
                    .asByteArray());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == ANOTHER_ONE) {
                return Optional.empty();
            }
            throw unavailable("read", object.key(), e);
        } catch (SdkException e) {
            throw unavailable("read", object.key(), e);
        }
    }

    /** Stores a file. @param key all of it @throws StoreUnavailableException if that does not succeed */
    public void put(String key, Path file) throws StoreUnavailableException {
        try {
            client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw unavailable("write", key, e);
        }
    }

    /** Stores a document. @param key all of it @throws StoreUnavailableException if that does not succeed */
    public void put(String key, byte[] json) throws StoreUnavailableException {
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(key).contentType("application/json"),
                    RequestBody.fromBytes(json));
        } catch (SdkException e) {
            throw unavailable("write", key, e);
        }
    }

    /** Copies exactly this object within the bucket. @return false if there is another one, or none, by now */
    public boolean copy(Dropped object, String key) throws StoreUnavailableException {
        try {
            client.copyObject(request -> request.sourceBucket(bucket)
                    .sourceKey(object.key())
                    .copySourceIfMatch(object.entityTag())
                    .destinationBucket(bucket)
                    .destinationKey(key));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == ANOTHER_ONE) {
                return false;
            }
            throw unavailable("copy", object.key(), e);
        } catch (SdkException e) {
            throw unavailable("copy", object.key(), e);
        }
    }

    /** Whether an object has this key. @throws StoreUnavailableException if that cannot be told */
    public boolean exists(String key) throws StoreUnavailableException {
        return new DropPrefix(client, bucket, "").find(key).isPresent();
    }

    /**
     * Deletes exactly this object. A store that knows no conditional deletes is asked what it has just before.
     *
     * @return false if there is another one by now, which stays
     * @throws StoreUnavailableException if the store cannot be reached or refuses
     */
    public boolean remove(Dropped object) throws StoreUnavailableException {
        Optional<Dropped> now = new DropPrefix(client, bucket, "").find(object.key());
        if (now.isEmpty()) {
            return true;
        }
        if (!now.get().entityTag().equals(object.entityTag())) {
            return false;
        }
        try {
            client.deleteObject(
                    request -> request.bucket(bucket).key(object.key()).ifMatch(object.entityTag()));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == ANOTHER_ONE || e.statusCode() == CONFLICT) {
                return false;
            }
            if (e.statusCode() != NOT_IMPLEMENTED) {
                throw unavailable("delete", object.key(), e);
            }
            client.deleteObject(request -> request.bucket(bucket).key(object.key()));
            return true;
        } catch (SdkException e) {
            throw unavailable("delete", object.key(), e);
        }
    }

    private StoreUnavailableException unavailable(String action, String key, SdkException e) {
        String why = e instanceof S3Exception s3 ? "the store answered " + s3.statusCode() : e.getMessage();
        return new StoreUnavailableException("Could not " + action + " s3://" + bucket + "/" + key + ": " + why, e);
    }
}
