package io.camelray.assets;

import io.camelray.assets.ObjectProof.NotProven;
import io.camelray.assets.ObjectProof.Proven;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An S3 store, seen through the application's own client. */
public final class ObjectStore {

    /** User metadata that names the SHA-256 of the bytes, hexadecimal. */
    public static final String SHA256_METADATA = "sha256";

    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
    private static final int BUFFER = 64 * 1024;

    private final S3Client client;

    public ObjectStore(S3Client client) {
        this.client = client;
    }

    /** The plain web address of an object, which leads to it where the bucket is public. Nothing is asked. */
    public URI address(String bucket, String key) {
        return URI.create(client.utilities()
                .getUrl(request -> request.bucket(bucket).key(key))
                .toExternalForm());
    }

    /**
     * What the store says about an object; empty if there is none.
     *
     * @throws StoreUnavailableException if the store cannot be reached or refuses
     */
    public Optional<StoredObject> head(String bucket, String key) throws StoreUnavailableException {
        try {
            HeadObjectResponse response =
                    client.headObject(request -> request.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED));
            return Optional.of(read(response));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw unavailable("look at", bucket, key, e);
        } catch (SdkException e) {
            throw unavailable("look at", bucket, key, e);
        }
    }

    private static StoredObject read(HeadObjectResponse response) {
        Map<String, String> checksums = new HashMap<>();
        putChecksum(checksums, "SHA256", response.checksumSHA256());
        putChecksum(checksums, "CRC32", response.checksumCRC32());
        putChecksum(checksums, "CRC32C", response.checksumCRC32C());
        Map<String, String> metadata = new HashMap<>();
        response.metadata().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        return new StoredObject(
                response.contentLength() == null ? -1 : response.contentLength(),
                response.eTag() == null ? "" : response.eTag().replace("\"", ""),
                response.contentType() == null ? "" : response.contentType(),
                Map.copyOf(checksums),
                Map.copyOf(metadata));
    }

    /** A checksum of checksums, {@code …-3}, says nothing about the whole. */
    private static void putChecksum(Map<String, String> checksums, String algorithm, String value) {
        if (value != null && !value.contains("-")) {
            checksums.put(algorithm, value);
        }
    }

    /**
     * Whether the object is there with exactly the bytes that were verified. The length must agree, and one of: a checksum
     * of the store; its entity tag, where it is the MD5; the recorded SHA-256 together with the tag that the upload was
     * answered with; or else the bytes themselves, read back. A store that names no checksum leaves the file that was
     * uploaded as the only witness: it is read once more, and must still be the one that was verified.
     *
     * @param uploadTag the entity tag that the upload was answered with
     * @throws StoreUnavailableException if the store cannot be asked
     * @throws IOException if the file has to be read again and cannot be
     */
    public ObjectProof proves(String bucket, String key, VerifiedFile file, Optional<String> uploadTag)
            throws IOException {
        ContentDigests content = file.content();
        String name = "s3://" + bucket + "/" + key;
        Optional<StoredObject> found = head(bucket, key);
        if (found.isEmpty()) {
            return new NotProven("There is no object " + name);
        }
        StoredObject object = found.get();
        if (object.bytes() != content.bytes()) {
            return new NotProven(name + " has " + object.bytes() + " bytes instead of " + content.bytes());
        }
        Map<String, String> expected =
                Map.of("SHA256", content.sha256Base64(), "CRC32", content.crc32(), "CRC32C", content.crc32c());
        for (Map.Entry<String, String> checksum : object.checksums().entrySet()) {
            if (!checksum.getValue().equals(expected.get(checksum.getKey()))) {
                return new NotProven(name + " has another " + checksum.getKey() + " checksum than the file");
            }
        }
        if (!object.checksums().isEmpty()) {
            return new Proven(object.entityTag(), "checksum");
        }
        ContentDigests again = MD5.matcher(object.entityTag()).matches() ? file.read() : file.readWithoutMd5();
        if (!again.isSameAs(content)) {
            return new NotProven("The file in the spool has changed since it was verified: " + file.path());
        }
        if (object.entityTag().equalsIgnoreCase(again.md5())) {
            return new Proven(object.entityTag(), "entity tag");
        }
        boolean sameUpload = uploadTag
                .map(tag -> tag.replace("\"", "").equals(object.entityTag()))
                .orElse(false);
        if (sameUpload && content.sha256().equals(object.metadata().get(SHA256_METADATA))) {
            return new Proven(object.entityTag(), "entity tag of the upload and recorded hash");
        }
        return readBack(bucket, key, content, object, name);
    }

    private ObjectProof readBack(String bucket, String key, ContentDigests content, StoredObject object, String name)
            throws StoreUnavailableException {
        try (InputStream in =
                client.getObject(request -> request.bucket(bucket).key(key).ifMatch(object.entityTag()))) {
            return ContentDigests.withoutMd5(in).isSameAs(content)
                    ? new Proven(object.entityTag(), "read back")
                    : new NotProven(name + " has other bytes than the file");
        } catch (SdkException | IOException e) {
            throw unavailable("read back", bucket, key, e);
        }
    }

    /** Stores a small object. @throws StoreUnavailableException if the store cannot be reached or refuses */
    public void put(String bucket, String key, String contentType, byte[] content) throws StoreUnavailableException {
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(key).contentType(contentType),
                    RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw unavailable("write", bucket, key, e);
        }
    }

    /**
     * The first bytes of an object that is not empty.
     *
     * @throws StoreUnavailableException if the store cannot be reached or refuses, or the object is another one by now
     */
    byte[] start(String bucket, String key, String entityTag, int count) throws StoreUnavailableException {
        try (InputStream in = client.getObject(
                request -> request.bucket(bucket).key(key).ifMatch(entityTag).range("bytes=0-" + (count - 1)))) {
            return in.readNBytes(count);
        } catch (SdkException | IOException e) {
            throw unavailable("read", bucket, key, e);
        }
    }

    /** Copies exactly this object into a file. @throws StoreUnavailableException if that does not succeed */
    void download(String bucket, String key, StoredObject object, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(bucket, key, object, out);
        }
    }

    /**
     * Copies exactly this object, and never more than its length.
     *
     * @throws StoreUnavailableException if that does not succeed; then a part of it may have been written
     */
    public void copy(String bucket, String key, StoredObject object, OutputStream out)
            throws StoreUnavailableException {
        try (ResponseInputStream<GetObjectResponse> in =
                client.getObject(request -> request.bucket(bucket).key(key).ifMatch(object.entityTag()))) {
            long left = object.bytes() + 1;
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left <= 0) {
                    in.abort();
                    break;
                }
                out.write(buffer, 0, read);
            }
            if (left != 1) {
                throw new IOException("its length is not the one that the store names");
            }
        } catch (SdkException | IOException e) {
            throw unavailable("read", bucket, key, e);
        }
    }

    /**
     * Stores a file whose digests are known; the store itself checks that it got these bytes.
     *
     * @throws StoreUnavailableException if the store cannot be reached or refuses
     */
    public void put(String bucket, String key, String contentType, Path file, ContentDigests content)
            throws StoreUnavailableException {
        try {
            client.putObject(
                    request -> request.bucket(bucket)
                            .key(key)
                            .contentType(contentType)
                            .contentMD5(content.md5Base64())
                            .metadata(Map.of(SHA256_METADATA, content.sha256())),
                    RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw unavailable("write", bucket, key, e);
        }
    }

    /** Why nothing can be delivered into a bucket, in one sentence; empty if it exists and can be reached. */
    public Optional<String> checkBucket(String bucket) {
        try {
            client.headBucket(request -> request.bucket(bucket));
            return Optional.empty();
        } catch (S3Exception e) {
            return Optional.of(
                    switch (e.statusCode()) {
                        case 404 -> "The bucket " + bucket + " does not exist; create it or correct its name.";
                        case 403 ->
                            "The store refuses access to the bucket " + bucket
                                    + "; check the credentials and the bucket's policy.";
                        case 301, 307, 400 ->
                            "The bucket " + bucket + " is in another region than the one configured (" + e.statusCode()
                                    + ").";
                        default -> "The store answered " + e.statusCode() + " for the bucket " + bucket + ".";
                    });
        } catch (SdkException e) {
            return Optional.of("The store of the bucket " + bucket + " cannot be reached: " + e.getMessage());
        }
    }

    static StoreUnavailableException unavailable(String action, String bucket, String key, Exception e) {
        String why = e instanceof S3Exception s3 ? "the store answered " + s3.statusCode() + code(s3) : e.getMessage();
        return new StoreUnavailableException("Could not " + action + " s3://" + bucket + "/" + key + ": " + why, e);
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : " (" + e.awsErrorDetails().errorCode() + ")";
    }
}
