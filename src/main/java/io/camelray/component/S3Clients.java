package io.camelray.component;

import io.camelray.assets.RecordedChecksum;
import java.net.URI;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the S3 client from the AWS SDK's own chain, and what the options say beyond it; it sends recorded checksums. */
final class S3Clients {

    private S3Clients() {}

    /** @throws IllegalArgumentException if no region can be found */
    static S3Client of(RayComponentOptions options) {
        S3ClientBuilder builder = S3Client.builder()
                .forcePathStyle(options.isS3PathStyle())
                .overrideConfiguration(client -> client.addExecutionInterceptor(new RecordedChecksum()));
        boolean ownEndpoint = isSet(options.getS3Endpoint());
        if (ownEndpoint) {
            builder.endpointOverride(URI.create(options.getS3Endpoint())).forcePathStyle(true);
        }
        if (isSet(options.getS3Region())) {
            builder.region(Region.of(options.getS3Region()));
        }
        try {
            return builder.build();
        } catch (SdkClientException e) {
            if (ownEndpoint) {
                // A store of one's own does not care, but the signature needs some region.
                return builder.region(Region.US_EAST_1).build();
            }
            throw new IllegalArgumentException(
                    "No region is configured for S3; set AWS_REGION, or s3Region of the ray component", e);
        }
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
