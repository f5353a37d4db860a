package io.camelray.bench;

import com.sun.management.OperatingSystemMXBean;
import io.camelray.assets.DownloadResult;
import io.camelray.assets.DownloadSettings;
import io.camelray.assets.GuardedDownload;
import io.camelray.assets.ObjectProof;
import io.camelray.assets.ObjectStore;
import io.camelray.assets.RecordedChecksum;
import io.camelray.assets.VerifiedFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Copies files as a delivery does: guarded download with its digests into a spool, checked upload from there, proof. */
final class CopyRun {

    private final GuardedDownload download =
            new GuardedDownload(DownloadSettings.defaults().withAllowPrivate(true));
    private final S3Client client;
    private final Path spool;
    private final AtomicLong copying = new AtomicLong();

    private CopyRun(URI endpoint, Path spool) {
        this.spool = spool;
        this.client = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .overrideConfiguration(client -> client.addExecutionInterceptor(new RecordedChecksum()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench-secret")))
                .build();
    }

    /** @param arguments the source's URL, how many files, how many at once, the store's endpoint, a spool folder */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        CopyRun run = new CopyRun(URI.create(arguments[3]), Path.of(arguments[4]));
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            String name = "f" + i + ".bin";
            all.add(threads.submit(() -> run.timed(arguments[0] + name, name)));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        double cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
        System.out.printf("%.3f %.3f %.3f%n", (System.nanoTime() - start) / 1e9, cpu, run.copying.get() / 1e9);
        System.exit(0);
    }

    /** What the thread itself spends: neither the start of the JVM nor its compilers, which a service pays for once. */
    private Void timed(String url, String name) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        try {
            return copy(url, name);
        } finally {
            copying.addAndGet(threads.getCurrentThreadCpuTime() - before);
        }
    }

    private Void copy(String url, String name) throws Exception {
        Path file = spool.resolve(name);
        if (!(download.fetch(url, file) instanceof DownloadResult.Complete arrived)) {
            throw new IOException(name + " did not arrive");
        }
        String tag = client.putObject(
                        request -> request.bucket("renders")
                                .key("ours/" + name)
                                .contentType("video/mp4")
                                .metadata(Map.of(ObjectStore.SHA256_METADATA, arrived.sha256())),
                        RequestBody.fromFile(file))
                .eTag();
        ObjectProof proof = new ObjectStore(client)
                .proves(
                        "renders",
                        "ours/" + name,
                        new VerifiedFile(file, arrived.content()),
                        Optional.ofNullable(tag).map(text -> text.replace("\"", "")));
        if (!(proof instanceof ObjectProof.Proven)) {
            throw new IOException(proof.toString());
        }
        Files.delete(file);
        return null;
    }
}
