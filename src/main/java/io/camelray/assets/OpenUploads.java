package io.camelray.assets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The uploads in parts that this home has begun and not ended: one small file each, written before the first part is
 * sent. A store bills the parts of an upload that nobody ends for ever; from these files the next start knows which ones
 * are ours, and no other's upload is ever touched.
 */
public final class OpenUploads {

    private static final Logger LOG = LoggerFactory.getLogger(OpenUploads.class);
    private static final String ENDING = ".upload";

    private final Path folder;

    /** @param folder made when it is needed */
    public OpenUploads(Path folder) {
        this.folder = folder;
    }

    /** Notes, durably, that an upload has begun. @return what {@link #ended} takes */
    Path begun(String bucket, String key, String uploadId) throws IOException {
        Files.createDirectories(folder);
        Path note = folder.resolve(UUID.randomUUID() + ENDING);
        Files.writeString(note, bucket + "\n" + key + "\n" + uploadId + "\n", StandardCharsets.UTF_8);
        DurableFolder.syncFile(note);
        DurableFolder.sync(folder);
        return note;
    }

    /** The upload is complete or aborted. */
    void ended(Path note) throws IOException {
        Files.deleteIfExists(note);
    }

    /** What an earlier program left open. Ask before anything is uploaded from this home. */
    public List<Path> left() throws IOException {
        List<Path> left = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, "*" + ENDING)) {
                notes.forEach(left::add);
            }
        }
        return left;
    }

    /**
     * Aborts uploads that were left open.
     *
     * @return those that the store could not be asked about now
     */
    public List<Path> abort(S3Client client, List<Path> left) throws IOException {
        List<Path> open = new ArrayList<>();
        for (Path note : left) {
            if (abort(client, note)) {
                ended(note);
            } else {
                open.add(note);
            }
        }
        return open;
    }

    private static boolean abort(S3Client client, Path note) throws IOException {
        List<String> lines = Files.readAllLines(note, StandardCharsets.UTF_8);
        if (lines.size() != 3) {
            return true; // the program died while it wrote this, before any part was sent
        }
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(lines.get(0)).key(lines.get(1)).uploadId(lines.get(2)));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return true;
            }
            LOG.warn("An upload to s3://{}/{} stays open: {}", lines.get(0), lines.get(1), e.getMessage());
        } catch (SdkException | UncheckedIOException e) {
            LOG.warn("An upload to s3://{}/{} stays open: {}", lines.get(0), lines.get(1), e.getMessage());
        }
        return false;
    }
}
