package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.model.RenderState;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Something else lies where an output is to go. */
class ExistingKeysRouteTest {

    private static final String THEIRS = "not ours, and dear to somebody";

    abstract static class Taken extends RayRouteTest {

        private static final String BUCKET = "videos";

        private final String policy;
        private EmbeddedS3 store;
        private S3Client client;

        Taken(String policy) {
            this.policy = policy;
        }

        @Override
        protected CamelContext createCamelContext() throws Exception {
            store = EmbeddedS3.start(home.resolve("s3"), BUCKET, "id", "secret");
            client = s3(store.endpoint());
            CamelContext context = super.createCamelContext();
            context.getRegistry().bind("store", S3Client.class, client);
            return context;
        }

        @Override
        void configure(Properties properties) {
            properties.put("ray.deliver.existing", policy);
            properties.put("ray.deliver.allow", "file:" + home.resolve("outputs") + ",s3://" + BUCKET + "/out");
        }

        @AfterEach
        void stopStore() {
            client.close();
            store.close();
        }

        String manifest(String destination) {
            return oneClip(destination)
                    + (destination.equals("bucket") ? "deliver: {to: \"s3://" + BUCKET + "/out\"}\n" : "");
        }

        void putTheirs(String destination) throws IOException {
            if (destination.equals("bucket")) {
                client.putObject(
                        request -> request.bucket(BUCKET).key("out/bucket/generate.mp4"),
                        RequestBody.fromString(THEIRS));
            } else {
                Path file =
                        Files.createDirectories(home.resolve("outputs/folder")).resolve("generate.mp4");
                Files.writeString(file, THEIRS);
            }
        }

        void removeTheirs(String destination) throws IOException {
            if (destination.equals("bucket")) {
                client.deleteObject(request -> request.bucket(BUCKET).key("out/bucket/generate.mp4"));
            } else {
                Files.delete(home.resolve("outputs/folder/generate.mp4"));
            }
        }

        byte[] stored(String destination, String name) throws IOException {
            return destination.equals("bucket")
                    ? client.getObjectAsBytes(request -> request.bucket(BUCKET).key("out/bucket/" + name))
                            .asByteArray()
                    : Files.readAllBytes(home.resolve("outputs/folder").resolve(name));
        }
    }

    @Nested
    class Versions extends Taken {

        Versions() {
            super("version");
        }

        @ParameterizedTest
        @ValueSource(strings = {"folder", "bucket"})
        void are_stored_beside_what_is_there(String destination) throws IOException {
            putTheirs(destination);
            drop("one.yaml", manifest(destination));

            assertThat(settled(destination).count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(stored(destination, "generate.mp4")).asString().isEqualTo(THEIRS);
            assertThat(stored(destination, "generate-2.mp4")).hasSizeGreaterThan(THEIRS.length());
            assertThat(stored(destination, "generate-2.mp4.json")).asString().contains("generate-2.mp4");
        }
    }

    @Nested
    class Failing extends Taken {

        Failing() {
            super("fail");
        }

        @ParameterizedTest
        @ValueSource(strings = {"folder", "bucket"})
        void a_manifest_whose_key_is_taken_is_refused_before_it_costs_anything(String destination) throws IOException {
            putTheirs(destination);
            drop("one.yaml", manifest(destination));

            assertThat(appears("rejected/one.yaml.errors.json")).content().contains("key-taken", "generate.mp4");
            nothingWasPosted();

            removeTheirs(destination);
            drop("two.yaml", manifest(destination));
            assertThat(settled(destination).count(RenderState.DELIVERED)).isEqualTo(1);

            // What we have stored ourselves is no obstacle to the next revision.
            drop("three.yaml", manifest(destination) + "maxRenders: 5\n");
            await().atMost(LONG_ENOUGH)
                    .until(() -> ledger().campaign(destination).orElseThrow().revision() == 2);
        }

        @Test
        void a_key_that_is_taken_after_the_plan_keeps_its_output_waiting_until_it_is_free() throws IOException {
            drop("one.yaml", manifest("folder"));
            await().atMost(LONG_ENOUGH).until(() -> ledger().campaign("folder").isPresent());
            putTheirs("folder");
            await().atMost(LONG_ENOUGH).until(() -> files("spool").stream().anyMatch(name -> name.endsWith(".out")));
            assertThat(stored("folder", "generate.mp4")).asString().isEqualTo(THEIRS);

            removeTheirs("folder");

            assertThat(settled("folder").count(RenderState.DELIVERED)).isEqualTo(1);
            assertThat(sandbox().ledger().generations()).hasSize(1);
        }
    }
}
