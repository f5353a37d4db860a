package io.camelray.assets;

import io.camelray.model.MediaRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;

/**
 * Our own copies of the files beside manifests, by what is in them: whatever becomes of the inbox, a render starts from
 * the bytes that its plan was made with. May be used by many threads.
 */
public final class KeptMedia {

    private static final String DRAFT = "keep";
    private static final String DRAFT_ENDING = ".part";

    private final Path folder;

    /** @param folder created when something is kept */
    public KeptMedia(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /**
     * Keeps a copy, on disk when this returns.
     *
     * @param file where the reference leads now
     * @throws IOException if it cannot be copied, or is not any more what was planned with
     */
    public void keep(MediaRef.LocalFile ref, Path file) throws IOException {
        Path copy = folder.resolve(name(ref));
        if (Files.isRegularFile(copy)) {
            return;
        }
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(folder, DRAFT, DRAFT_ENDING);
        try {
            Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
            if (!ContentDigests.withoutMd5(draft).sha256().equals(ref.sha256())) {
                throw new IOException(ref.path() + " changed while it was planned");
            }
            DurableFolder.syncFile(draft);
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFolder.sync(folder);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Removes the halves of copies that killed programs left.
     *
     * @param before what was written later may be a copy that another node makes now
     * @return how many files were removed
     */
    public int sweep(Instant before) throws IOException {
        return ScratchFolder.sweep(folder, DRAFT + "*" + DRAFT_ENDING, before);
    }

    /** The reference to our copy, relative to {@link #folder()}. */
    public MediaRef.LocalFile find(MediaRef.LocalFile ref) {
        return new MediaRef.LocalFile(name(ref), ref.sha256());
    }

    private static String name(MediaRef.LocalFile ref) {
        if (!ref.sha256().matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("The reference to " + ref.path() + " names no content");
        }
        String last = ref.path().substring(ref.path().lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        String ending = dot > 0 ? last.substring(dot).toLowerCase(Locale.ROOT) : "";
        return ref.sha256() + (ending.matches("\\.[a-z0-9]{1,8}") ? ending : "");
    }
}
