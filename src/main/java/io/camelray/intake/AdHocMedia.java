package io.camelray.intake;

import io.camelray.assets.KeptMedia;
import io.camelray.model.Destination;
import io.camelray.model.MediaRef;
import io.camelray.model.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The local files that an ad-hoc request names: those that the operator wrote wherever they lie, those of a message only
 * inside the folders of {@code ray.assets.allow}, links considered. Each is kept at once, and referred to as what is kept.
 */
final class AdHocMedia {

    private static final String REMEDY = "Name an https:// address, an s3:// object, or a file in a folder that"
            + " ray.assets.allow names; an option of the endpoint may name any file.";

    private final Set<String> trusted;
    private final List<Destination> allowed;
    private final KeptMedia kept;
    private final Map<String, String> written = new HashMap<>();

    AdHocMedia(Set<String> trusted, List<Destination> allowed, KeptMedia kept) {
        this.trusted = trusted;
        this.allowed = allowed;
        this.kept = kept;
    }

    LocalMedia files() {
        return LocalMedia.foundBy(this::look, kept.folder());
    }

    private LocalMedia.Look look(String text) {
        String called = "'" + Kinds.shorten(text) + "'";
        try {
            Path named = Path.of(text);
            if (!trusted.contains(text) && !isAllowed(named.toAbsolutePath().normalize())) {
                return LocalMedia.refused("File " + called + " lies in no folder that is allowed.", REMEDY);
            }
            if (!Files.isRegularFile(named)) {
                return LocalMedia.refused("There is no file " + called + ".", "Correct the name, or add the file.");
            }
            Path real = named.toRealPath();
            if (!trusted.contains(text) && !isReallyAllowed(real)) {
                return LocalMedia.refused("File " + called + " lies in no folder that is allowed.", REMEDY);
            }
            return keep(text, real);
        } catch (InvalidPathException e) {
            return LocalMedia.refused(called + " is neither an address nor the name of a file.", REMEDY);
        } catch (IOException e) {
            return LocalMedia.refused("File " + called + " cannot be read.", "Make it readable.");
        }
    }

    private LocalMedia.Look keep(String text, Path real) throws IOException {
        MediaRef.LocalFile file = new MediaRef.LocalFile(real.getFileName().toString(), LocalMedia.digest(real));
        kept.keep(file, real);
        MediaRef.LocalFile copy = kept.find(file);
        written.put(copy.path(), text);
        return new LocalMedia.Look(Optional.of(copy), "", "");
    }

    /** Asked first, so that a message cannot find out which other files there are. */
    private boolean isAllowed(Path path) {
        return allowed.stream()
                .anyMatch(place -> place instanceof Destination.Folder folder && path.startsWith(folder.path()));
    }

    private boolean isReallyAllowed(Path real) throws IOException {
        for (Destination place : allowed) {
            if (place instanceof Destination.Folder folder
                    && Files.isDirectory(folder.path())
                    && real.startsWith(folder.path().toRealPath())) {
                return true;
            }
        }
        return false;
    }

    /** A violation about our copy, as one about the file that was named. */
    Violation asWritten(Violation violation) {
        return new Violation(
                violation.rule(),
                violation.severity(),
                violation.place(),
                asWritten(violation.message()),
                asWritten(violation.remedy()),
                violation.variant());
    }

    private String asWritten(String sentence) {
        String told = sentence;
        for (Map.Entry<String, String> copy : written.entrySet()) {
            told = told.replace(copy.getKey(), Kinds.shorten(copy.getValue()));
        }
        return told;
    }
}
