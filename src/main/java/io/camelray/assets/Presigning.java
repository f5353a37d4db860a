package io.camelray.assets;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Presigns for the store that a client talks to: same endpoint, region, credentials, and style of addresses. */
final class Presigning implements AutoCloseable {

    private final S3Presigner presigner;

    private Presigning(S3Presigner presigner) {
        this.presigner = presigner;
    }

    static Presigning like(S3Client client) {
        S3ServiceClientConfiguration configuration = client.serviceClientConfiguration();
        S3Presigner.Builder builder = S3Presigner.builder()
                .s3Client(client)
                .region(configuration.region())
                .credentialsProvider(configuration.credentialsProvider())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(usesPaths(client))
                        .build());
        configuration.endpointOverride().ifPresent(builder::endpointOverride);
        return new Presigning(builder.build());
    }

    /** The client does not tell, but its addresses do. */
    private static boolean usesPaths(S3Client client) {
        return client.utilities()
                .getUrl(request -> request.bucket("some-bucket").key("key"))
                .getPath()
                .startsWith("/some-bucket/");
    }

    /** @throws StoreUnavailableException if there are no credentials to sign with */
    String url(String bucket, String key, String mediaType, Duration life) throws StoreUnavailableException {
        try {
            return presigner
                    .presignGetObject(presign -> presign.signatureDuration(life)
                            .getObjectRequest(get -> get.bucket(bucket).key(key).responseContentType(mediaType)))
                    .url()
                    .toString();
        } catch (SdkException e) {
            throw new StoreUnavailableException(
                    "Could not presign s3://" + bucket + "/" + key + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        presigner.close();
    }
}
