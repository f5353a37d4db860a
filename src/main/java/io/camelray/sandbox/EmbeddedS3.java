package io.camelray.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * A real S3 endpoint on 127.0.0.1 that keeps its objects in a folder; it checks signatures and the expiry of presigned
 * URLs, and knows no object tags. Use path-style addresses. Its threads are not daemons: close it.
 */
public final class EmbeddedS3 implements AutoCloseable {

    private final S3Proxy proxy;
    private final Path folder;
    private final String bucket;
    private final String accessKey;
    private final String secretKey;

    private EmbeddedS3(S3Proxy proxy, Path folder, String bucket, String accessKey, String secretKey) {
        this.proxy = proxy;
        this.folder = folder;
        this.bucket = bucket;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /**
     * Starts the store on any free port and sees to it that the bucket is there.
     *
     * @param folder created when missing; buckets are its sub-folders
     * @throws SandboxException if it cannot start
     */
    public static EmbeddedS3 start(Path folder, String bucket, String accessKey, String secretKey) {
        return start(0, folder, bucket, accessKey, secretKey);
    }

    /**
     * Starts the store at a port of one's own, such as the one that it had before it was closed.
     *
     * @param port 0 takes any free one
     * @param folder created when missing; buckets are its sub-folders
     * @throws SandboxException if it cannot start
     */
    public static EmbeddedS3 start(int port, Path folder, String bucket, String accessKey, String secretKey) {
        try {
            Files.createDirectories(folder);
            FilesystemNio2BlobStore store = new FilesystemNio2BlobStore(folder.toString());
            if (!store.containerExists(bucket)) {
                store.createContainer(bucket);
            }
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                    .build();
            proxy.start();
            return new EmbeddedS3(proxy, folder, bucket, accessKey, secretKey);
        } catch (IOException e) {
            throw new SandboxException("the folder " + folder + " cannot hold an S3 store", e);
        } catch (Exception e) {
            throw new SandboxException("the embedded S3 store did not start: " + e.getMessage(), e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    public String bucket() {
        return bucket;
    }

    public String accessKey() {
        return accessKey;
    }

    public String secretKey() {
        return secretKey;
    }

    public Path folder() {
        return folder;
    }

    /** @throws SandboxException if it does not stop */
    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new SandboxException("the embedded S3 store did not stop", e);
        }
    }
}
