package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.assets.RecordedChecksum;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3ClientsTest {

    @Test
    void a_client_of_our_own_sends_the_recorded_checksum_along() {
        RayComponentOptions options = new RayComponent();
        options.setS3Endpoint("http://127.0.0.1:9");
        options.setS3Region("eu-central-1");
        try (S3Client client = S3Clients.of(options)) {
            assertThat(client.serviceClientConfiguration()
                            .overrideConfiguration()
                            .executionInterceptors())
                    .hasAtLeastOneElementOfType(RecordedChecksum.class);
        }
    }
}
