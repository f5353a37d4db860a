package io.camelray.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.camelray.bench.Figures.Figure;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One large file and many of the usual size, beside rclone with the same source and the same stores. */
class CopyBench {

    private static final int LARGE_MB = Integer.getInteger("bench.copy.mb", 1024);
    private static final int FILES = Integer.getInteger("bench.copy.files", 40);
    private static final String BUCKET = "renders";

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    @BeforeEach
    void rclone_is_there() {
        boolean there;
        try {
            there = new ProcessBuilder("rclone", "version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            there = false;
        }
        assumeTrue(there, "rclone is not installed");
    }

    @Test
    void one_large_file() throws Exception {
        copy(1, LARGE_MB, 1);
    }

    @Test
    void many_files() throws Exception {
        copy(FILES, 24, 4);
    }

    private void copy(int files, int megabytes, int parallel) throws Exception {
        try (FileServers servers = new FileServers(files, megabytes * 1_000_000L);
                EmbeddedS3 store = EmbeddedS3.start(folder.resolve("s3"), BUCKET, "bench", "bench-secret")) {
            copy(files, megabytes, parallel, servers, "S3Proxy", store.endpoint());
            copy(files, megabytes, parallel, servers, "a store that keeps nothing", servers.sink());
        }
    }

    private void copy(int files, int megabytes, int parallel, FileServers servers, String sink, URI endpoint)
            throws Exception {
        double total = (double) files * megabytes;
        long start = System.nanoTime();
        rclone(parallel, servers.source(), endpoint);
        double theirs = total / ((System.nanoTime() - start) / 1e9);
        String[] said = Child.run(
                folder,
                CopyRun.class,
                List.of("-Xmx96m"),
                servers.source().toString(),
                String.valueOf(files),
                String.valueOf(parallel),
                endpoint.toString(),
                Files.createTempDirectory(folder, "spool").toString());
        String what = files + " × " + megabytes + " MB, " + parallel + " at once, to " + sink + ", -Xmx96m";
        figures.add(Figure.of("copying", what, "MB/s")
                .ours(total / Double.parseDouble(said[0]))
                .peer("rclone", theirs)
                .atLeast(theirs));
        figures.add(Figure.of("copying", what + ": CPU of our process", "ms/MB")
                .ours(1000 * Double.parseDouble(said[1]) / total));
    }

    private void rclone(int parallel, URI source, URI endpoint) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "rclone",
                        "copy",
                        ":http:",
                        ":s3:" + BUCKET + "/theirs",
                        "--http-url",
                        source.toString(),
                        "--transfers",
                        String.valueOf(parallel),
                        "--s3-upload-cutoff",
                        "5G",
                        "--s3-no-check-bucket",
                        "--s3-provider",
                        "Other",
                        "--s3-region",
                        "us-east-1",
                        "--s3-endpoint",
                        endpoint.toString(),
                        "--s3-access-key-id",
                        "bench",
                        "--s3-secret-access-key",
                        "bench-secret")
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("RCLONE_CONFIG", folder.resolve("none.conf").toString());
        Path said = folder.resolve("rclone.out");
        int status = builder.redirectOutput(said.toFile()).start().waitFor();
        if (status != 0) {
            throw new IOException("rclone ends with " + status + ": " + Files.readString(said));
        }
    }
}
