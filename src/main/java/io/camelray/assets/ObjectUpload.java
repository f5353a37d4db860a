package io.camelray.assets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Puts files into buckets, in one request or in parts. Every request carries the checksum of what it sends, and the client
 * repeats a request that failed, so that of a large file only the part that broke is sent again. What cannot be ended is
 * aborted. May be used by many threads; blocks as long as the store takes.
 */
public final class ObjectUpload {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectUpload.class);
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3Client client;
    private final UploadSettings settings;
    private final OpenUploads open;

    public ObjectUpload(S3Client client, UploadSettings settings, OpenUploads open) {
        this.client = client;
        this.settings = settings;
        this.open = open;
    }

    /**
     * What is put.
     *
     * @param metadata user metadata: names in lower case, values in printable ASCII
     */
    public record Content(Path file, long bytes, String contentType, Map<String, String> metadata) {}

    /**
     * Stores the file, whole or not at all.
     *
     * @param onlyIfAbsent leave an object that is there as it is (a conditional put)
     * @return the entity tag that the store answered with; empty if an object was there and is left
     * @throws StoreUnavailableException if the store cannot be reached or refuses
     * @throws IOException if the file cannot be read
     */
    public Optional<String> put(String bucket, String key, Content content, boolean onlyIfAbsent) throws IOException {
        try {
            return Optional.of(
                    content.bytes() > settings.multipartAbove()
                            ? inParts(bucket, key, content, onlyIfAbsent)
                            : atOnce(bucket, key, content, onlyIfAbsent));
        } catch (S3Exception e) {
            // Two that write at once: 409 says that the other one may be first.
            if (onlyIfAbsent && (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT)) {
                return Optional.empty();
            }
            throw ObjectStore.unavailable("write", bucket, key, e);
        } catch (SdkException | UncheckedIOException e) {
            throw ObjectStore.unavailable("write", bucket, key, e);
        }
    }

    private String atOnce(String bucket, String key, Content content, boolean onlyIfAbsent) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(content.contentType())
                .metadata(content.metadata());
        settings.kmsKey().ifPresent(kms -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                .ssekmsKeyId(kms));
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        RecordedChecksum.of(content.metadata()).ifPresent(request::checksumSHA256);
        return client.putObject(request.build(), RequestBody.fromFile(content.file()))
                .eTag();
    }

    private String inParts(String bucket, String key, Content content, boolean onlyIfAbsent) throws IOException {
        CreateMultipartUploadRequest.Builder begin = CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(content.contentType())
                .metadata(content.metadata());
        settings.kmsKey().ifPresent(kms -> begin.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                .ssekmsKeyId(kms));
        String upload = client.createMultipartUpload(begin.build()).uploadId();
        Path note = open.begun(bucket, key, upload);
        boolean complete = false;
        try {
            List<CompletedPart> parts = send(bucket, key, upload, content);
            String tag = client.completeMultipartUpload(request -> {
                        request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts));
                        if (onlyIfAbsent) {
                            request.ifNoneMatch("*");
                        }
                    })
                    .eTag();
            complete = true;
            return tag;
        } finally {
            if (complete || abort(bucket, key, upload)) {
                open.ended(note);
            }
        }
    }

    private List<CompletedPart> send(String bucket, String key, String upload, Content content) throws IOException {
        long size = settings.partBytesOf(content.bytes());
        List<CompletedPart> parts = new ArrayList<>();
        for (long offset = 0; offset < content.bytes(); offset += size) {
            int number = parts.size() + 1;
            long length = Math.min(size, content.bytes() - offset);
            FileSlice slice = new FileSlice(content.file(), offset, length);
            try {
                var sent = client.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromContentProvider(slice, length, "application/octet-stream"));
                parts.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(sent.eTag())
                        .checksumCRC32(sent.checksumCRC32())
                        .build());
            } finally {
                slice.close();
            }
        }
        if (Files.size(content.file()) != content.bytes()) {
            throw new IOException("The file " + content.file() + " has changed while it was uploaded");
        }
        return parts;
    }

    /** @return whether nothing of the upload is left; what is left is aborted at the next start */
    private boolean abort(String bucket, String key, String upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload));
            return true;
        } catch (SdkException | UncheckedIOException e) {
            LOG.warn("An upload to s3://{}/{} could not be aborted now: {}", bucket, key, e.getMessage());
            return e instanceof S3Exception s3 && s3.statusCode() == 404;
        }
    }
}
