package io.camelray.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders the files of jobs in the background, one at a time, and keeps them in a temporary folder until closed. */
final class ArtefactStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArtefactStore.class);
    private static final int FREE_HEADER = 8;

    private final Map<String, CompletableFuture<Artefact>> clips = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Artefact>> exrs = new ConcurrentHashMap<>();
    private final ClipEncoder encoder = new ClipEncoder();
    private final long leastBytes;
    private final Path folder;
    private final ExecutorService renderer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-render");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    ArtefactStore(long leastBytes) {
        this.leastBytes = leastBytes;
        try {
            folder = Files.createTempDirectory("camel-ray-sandbox");
        } catch (IOException e) {
            throw new SandboxException("no temporary folder for the sandbox's outputs", e);
        }
    }

    /** Starts to render what the job will deliver, if anything. */
    void prepare(Job job) {
        if (job.fate() instanceof JobFate.Completes) {
            clipOf(job);
        }
    }

    /** The job's MP4; waits until it is rendered. */
    Artefact clip(Job job) {
        return clipOf(job).join();
    }

    /** The job's EXR; waits until it is rendered. */
    Artefact exr(Job job) {
        return exrs.computeIfAbsent(
                        job.id(),
                        id -> CompletableFuture.supplyAsync(
                                () -> store(id + ".exr", ExrFile.gradient(64, 36), 0, "image/x-exr"), renderer))
                .join();
    }

    private CompletableFuture<Artefact> clipOf(Job job) {
        return clips.computeIfAbsent(job.id(), id -> CompletableFuture.supplyAsync(() -> renderClip(job), renderer));
    }

    private Artefact renderClip(Job job) {
        ClipCard card = new ClipCard(
                job.prompt(), job.clip().caption(job.type()), job.prompt().hashCode());
        byte[] clip = encoder.encode(job.clip().shape(), card);
        long padding = Math.max(0, leastBytes - clip.length);
        if (padding == 0) {
            return store(job.id() + ".mp4", clip, 0, "video/mp4");
        }
        long free = Math.max(FREE_HEADER, padding);
        byte[] opened = ByteBuffer.allocate(clip.length + FREE_HEADER)
                .put(clip)
                .putInt((int) free)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .array();
        return store(job.id() + ".mp4", opened, free - FREE_HEADER, "video/mp4");
    }

    private Artefact store(String name, byte[] bytes, long filler, String contentType) {
        try {
            Path file = Files.write(folder.resolve(name), bytes);
            // As for a multipart upload, the tag of a padded file is no checksum of the whole.
            String tag =
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
            String etag = "\"" + tag + (filler > 0 ? "-2" : "") + "\"";
            return new Artefact(file, bytes.length + filler, etag, contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops rendering and removes the files. */
    @Override
    public void close() {
        renderer.shutdownNow();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path path : innermostFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("The sandbox's temporary folder {} could not be removed", folder, e);
        }
    }
}
