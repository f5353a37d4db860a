package io.camelray.component;

import io.camelray.assets.OpenUploads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Aborts the uploads in parts that an earlier program left open, as soon as the store can be asked. */
final class UploadSweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UploadSweep.class);
    private static final long AGAIN_SECONDS = 300;

    private final OpenUploads uploads;
    private final Supplier<S3Client> s3;
    private ScheduledExecutorService sweeper;
    private List<Path> left = List.of();

    /** @param s3 asked only when an upload was left open */
    UploadSweep(OpenUploads uploads, Supplier<S3Client> s3) {
        this.uploads = uploads;
        this.s3 = s3;
    }

    /** Finds what was left; call it before anything is uploaded. */
    void start() {
        try {
            left = uploads.left();
        } catch (IOException e) {
            LOG.warn("Uploads that were left open cannot be looked for: {}", e.getMessage());
        }
        if (!left.isEmpty()) {
            sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "ray-upload-sweep");
                thread.setDaemon(true);
                return thread;
            });
            sweeper.scheduleWithFixedDelay(this::sweep, 0, AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void sweep() {
        try {
            int before = left.size();
            left = uploads.abort(s3.get(), left);
            if (left.size() < before) {
                LOG.info("{} uploads that an earlier program left open are aborted", before - left.size());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Uploads that were left open cannot be aborted now: {}", e.getMessage());
        }
        if (left.isEmpty()) {
            sweeper.shutdown();
        }
    }

    @Override
    public void close() {
        if (sweeper != null) {
            sweeper.shutdownNow();
        }
    }
}
