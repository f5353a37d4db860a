package io.camelray.assets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server on a folder, with one bucket. Must be closed: its threads are no daemons. */
public final class LocalS3 implements AutoCloseable {

    public static final String BUCKET = "videos";

    private final S3Proxy proxy;
    private final S3Client client;

    private LocalS3(S3Proxy proxy) {
        this.proxy = proxy;
        this.client = client("secret");
        client.createBucket(request -> request.bucket(BUCKET));
    }

    public static LocalS3 start(Path folder) throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "id", "secret")
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        proxy.start();
        return new LocalS3(proxy);
    }

    public S3Client client() {
        return client;
    }

    S3Client client(String secret, ExecutionInterceptor... interceptors) {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + proxy.getPort()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .overrideConfiguration(client -> client.executionInterceptors(List.of(interceptors)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", secret)))
                .build();
    }

    @Override
    public void close() {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server does not stop", e);
        }
    }
}
