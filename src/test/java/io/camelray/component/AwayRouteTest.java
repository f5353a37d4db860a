package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.assets.Mp4Findings;
import io.camelray.assets.Mp4Walk;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.s3.S3Client;

/** Two destinations that are away at first and come back where they were: a folder, and a bucket in a real S3 store. */
abstract class AwayRouteTest extends RayRouteTest {

    private static final String BUCKET = "videos";

    private URI endpoint;
    private EmbeddedS3 store;
    private S3Client client;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        // Once, for its bucket and its address; then it is stopped.
        store = startStore(0);
        endpoint = store.endpoint();
        store.close();
        store = null;
        Files.writeString(folder(), "the disk is not mounted");
        client = s3(endpoint);
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("store", S3Client.class, client);
        return context;
    }

    private EmbeddedS3 startStore(int port) {
        return EmbeddedS3.start(port, home.resolve("s3"), BUCKET, "id", "secret");
    }

    URI storeAddress() {
        return endpoint;
    }

    private Path folder() {
        return home.resolve("away");
    }

    @Override
    void configure(Properties properties) {
        properties.put("ray.deliver.allow", "file:" + folder() + ",s3://" + BUCKET + "/out");
    }

    @AfterEach
    void stopStore() {
        client.close();
        if (store != null) {
            store.close();
        }
    }

    /** The folder's disk is mounted, and the store is started again at its old address. */
    void destinationsComeBack() throws IOException {
        Files.delete(folder());
        store = startStore(endpoint.getPort());
    }

    /** A campaign of as many clips, into one of the destinations. */
    static String clips(String campaign, int number, boolean toBucket, Path home) {
        String takes =
                IntStream.rangeClosed(1, number).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return oneClip(campaign).replace("360p", "540p")
                + "matrix: {take: [" + takes + "]}\n"
                + "deliver: {to: \""
                + (toBucket ? "s3://" + BUCKET + "/out" : "file:" + home.resolve("away"))
                + "\"}\n";
    }

    /** Every video at a destination, each looked into; nothing half of one lies beside them. */
    List<String> wholeVideos(String campaign, boolean inBucket) throws IOException {
        String place = inBucket ? "s3/" + BUCKET + "/out/" + campaign : "away/" + campaign;
        List<String> videos = files(place).stream()
                .filter(name -> !name.endsWith(".mp4.json") && !name.endsWith(".csv"))
                .toList();
        for (String video : videos) {
            assertThat(Mp4Walk.of(home.resolve(place).resolve(video))).as(video).isInstanceOf(Mp4Findings.class);
        }
        return videos;
    }
}
