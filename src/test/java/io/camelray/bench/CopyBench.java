package io.camelray.bench;

import io.camelray.bench.Figures.Figure;
import io.camelray.sandbox.EmbeddedS3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files and many of the usual size, beside rclone, if it is there, with the same source and stores. */
class CopyBench {

    private static final int LARGE_MB = Integer.getInteger("bench.copy.mb", 1024);
    private static final int FILES = Integer.getInteger("bench.copy.files", 40);
    private static final int HUGE_MB = Integer.getInteger("bench.copy.huge.mb", 5000);
    private static final boolean HUGE_TO_S3PROXY = Boolean.getBoolean("bench.copy.huge.s3proxy");
    private static final int SMALL_FILES = Integer.getInteger("bench.copy.small.files", 1000);
    private static final String BUCKET = "renders";
    private static final boolean HAS_RCLONE = hasRclone();

    @TempDir
    Path folder;

    private final Figures figures = Figures.standard();

    private static boolean hasRclone() {
        try {
            return new ProcessBuilder("rclone", "version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void one_large_file() throws Exception {
        copy(1, LARGE_MB, 1, true);
    }

    @Test
    void many_files() throws Exception {
        copy(FILES, 24, 4, true);
    }

    /** An EXR, say. Into S3Proxy only if asked for: each of the three copies then lies on the disk at some time. */
    @Test
    void one_of_5_GB() throws Exception {
        copy(1, HUGE_MB, 1, HUGE_TO_S3PROXY);
    }

    @Test
    void a_thousand_of_5_MB() throws Exception {
        copy(SMALL_FILES, 5, 8, true);
    }

    private void copy(int files, int megabytes, int parallel, boolean toS3Proxy) throws Exception {
        try (FileServers servers = new FileServers(files, megabytes * 1_000_000L);
                EmbeddedS3 store = EmbeddedS3.start(folder.resolve("s3"), BUCKET, "bench", "bench-secret")) {
            if (toS3Proxy) {
                copy(files, megabytes, parallel, servers, "S3Proxy", store.endpoint());
            }
            copy(files, megabytes, parallel, servers, "a store that keeps nothing", servers.sink());
        }
    }

    private void copy(int files, int megabytes, int parallel, FileServers servers, String sink, URI endpoint)
            throws Exception {
        double total = (double) files * megabytes;
        OptionalDouble theirs = OptionalDouble.empty();
        if (HAS_RCLONE) {
            long start = System.nanoTime();
            rclone(parallel, servers.source(), endpoint);
            theirs = OptionalDouble.of(total / ((System.nanoTime() - start) / 1e9));
        }
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
        Figure speed = Figure.of("copying", what, "MB/s").ours(total / Double.parseDouble(said[0]));
        theirs.ifPresent(peer -> speed.peer("rclone", peer).atLeast(peer));
        figures.add(speed);
        figures.add(Figure.of("copying", what + ": CPU of our process", "ms/MB")
                .ours(1000 * Double.parseDouble(said[1]) / total));
        figures.add(Figure.of("copying", what + ": CPU of the threads that copy", "ms/MB")
                .ours(1000 * Double.parseDouble(said[2]) / total));
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
