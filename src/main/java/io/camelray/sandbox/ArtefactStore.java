package io.camelray.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Renders the files of jobs in the background, one at a time, and keeps the last few. What is asked for later is
 * rendered again, to the same bytes.
 */
final class ArtefactStore implements AutoCloseable {

    private static final int KEPT = 64;
    private static final int BOX_HEADER = 8;

    private final Map<String, CompletableFuture<Artefact>> artefacts = new LinkedHashMap<>(16, 0.75f, true);
    private final ClipEncoder encoder = new ClipEncoder();
    private final long leastBytes;
    private final ExecutorService renderer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-render");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    ArtefactStore(long leastBytes) {
        this.leastBytes = leastBytes;
    }

    /** Starts to render what the job will deliver, if anything. */
    void prepare(Job job) {
        if (job.fate() instanceof JobFate.Completes) {
            rendering(job.id() + ".mp4", () -> renderClip(job));
        }
    }

    /** A file of the job; waits until it is rendered. */
    Artefact file(Job job, OutputFile file) {
        return rendering(job.id() + "." + file.extension(), () -> render(job, file))
                .join();
    }

    private Artefact render(Job job, OutputFile file) {
        return switch (file) {
            case CLIP -> renderClip(job);
            case EXR -> artefact(ExrFile.gradient(64, 36), 0, "image/x-exr");
            case EXR_PACKAGE -> artefact(ExrFile.packed(64, 36), 0, "application/zip");
            case THUMBNAIL ->
                artefact(Thumbnail.jpeg(job.delivered().shape(), job.prompt().hashCode()), 0, "image/jpeg");
        };
    }

    private CompletableFuture<Artefact> rendering(String name, Supplier<Artefact> rendered) {
        synchronized (artefacts) {
            CompletableFuture<Artefact> known = artefacts.get(name);
            if (known != null) {
                return known;
            }
            CompletableFuture<Artefact> started = CompletableFuture.supplyAsync(rendered, renderer);
            artefacts.put(name, started);
            if (artefacts.size() > KEPT) {
                artefacts.remove(artefacts.keySet().iterator().next());
            }
            return started;
        }
    }

    private Artefact renderClip(Job job) {
        ClipSpec delivered = job.delivered();
        ClipCard card = new ClipCard(
                job.prompt(), delivered.caption(job.type()), job.prompt().hashCode());
        byte[] clip = encoder.encode(delivered.shape(), card, delivered.hdr());
        if (clip.length >= leastBytes) {
            return artefact(clip, 0, "video/mp4");
        }
        long free = Math.max(BOX_HEADER, leastBytes - clip.length);
        byte[] opened = ByteBuffer.allocate(clip.length + BOX_HEADER)
                .put(clip)
                .putInt((int) free)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .array();
        return artefact(opened, free - BOX_HEADER, "video/mp4");
    }

    private static Artefact artefact(byte[] stored, long filler, String contentType) {
        try {
            // As for a multipart upload, the tag of a padded file is no checksum of the whole.
            String tag =
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(stored));
            String etag = "\"" + tag + (filler > 0 ? "-2" : "") + "\"";
            return new Artefact(stored, stored.length + filler, etag, contentType);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops rendering; whoever still waits is told so. */
    @Override
    public void close() {
        renderer.shutdownNow();
        synchronized (artefacts) {
            artefacts.values().forEach(rendering -> rendering.cancel(true));
        }
    }
}
