package io.camelray.assets;

import io.camelray.model.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where references may lead: folders by their real paths, links considered, and prefixes of buckets. */
final class AllowedPlaces {

    private static final String REMEDY = "Put it beside the manifest, or let ray.assets.allow name its place.";

    private final List<Destination> allowed;

    AllowedPlaces(List<Destination> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * The real path of a regular file inside the folder or another allowed one.
     *
     * @param folder the manifest's own, which is always allowed
     */
    Path file(String path, Path folder) throws MediaRefusedException {
        Path real;
        try {
            real = folder.resolve(path).toRealPath();
        } catch (InvalidPathException e) {
            throw MediaRefusedException.unusable("'" + path + "' is not a path");
        } catch (IOException e) {
            throw MediaRefusedException.unreachable("There is no file " + path, false);
        }
        if (real(folder).stream().noneMatch(real::startsWith)) {
            throw MediaRefusedException.forbidden("The file " + path + " lies outside the allowed folders", REMEDY);
        }
        if (!Files.isRegularFile(real)) {
            throw MediaRefusedException.unusable(path + " is not a file");
        }
        return real;
    }

    private List<Path> real(Path folder) {
        List<Path> roots = new ArrayList<>();
        roots.add(folder);
        for (Destination place : allowed) {
            if (place instanceof Destination.Folder other) {
                roots.add(other.path());
            }
        }
        List<Path> real = new ArrayList<>();
        for (Path root : roots) {
            try {
                real.add(root.toRealPath());
            } catch (IOException e) {
                // a folder that is not there holds nothing
            }
        }
        return real;
    }

    void requireBucket(String bucket, String key) throws MediaRefusedException {
        boolean inside = allowed.stream()
                .anyMatch(place -> place instanceof Destination.Bucket mine
                        && mine.name().equals(bucket)
                        && key.startsWith(mine.prefix()));
        if (!inside || key.isEmpty() || key.endsWith("/")) {
            throw MediaRefusedException.forbidden(
                    "The object s3://" + bucket + "/" + key + " is in no bucket and prefix that is allowed",
                    "Let ray.assets.allow name its bucket and prefix.");
        }
    }
}
