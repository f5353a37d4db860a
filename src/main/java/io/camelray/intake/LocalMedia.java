package io.camelray.intake;

import io.camelray.model.MediaRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files beside a manifest: inside its folder, wherever links lead, each read once for its digest. */
final class LocalMedia {

    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\\\:*?\"<>|]");
    private static final String INSIDE = "Put the file into the manifest's folder and name it from there.";

    private final Optional<Path> folder;
    private final Map<String, Look> looked = new HashMap<>();

    /**
     * What became of looking for a file.
     *
     * @param problem why it cannot be used, one sentence; empty if it can
     * @param remedy what to do then
     */
    record Look(Optional<MediaRef.LocalFile> file, String problem, String remedy) {}

    /** @param folder the manifest's own; empty if it came without one */
    LocalMedia(Optional<Path> folder) {
        this.folder = folder;
    }

    Look find(String written) {
        return looked.computeIfAbsent(written, this::look);
    }

    private Look look(String written) {
        String called = "'" + Kinds.shorten(written) + "'";
        if (UNSAFE.matcher(written).find()) {
            return refused(
                    called + " is no reference: neither an address nor the name of a file.",
                    "Name a step, a generation, an https:// address, an s3:// object or a file beside the manifest.");
        }
        if (folder.isEmpty()) {
            return refused(
                    "The manifest came without a folder, so there is no file " + called + " beside it.",
                    "Name an https:// address or an s3:// object.");
        }
        try {
            return inside(folder.get(), Path.of(written), called);
        } catch (InvalidPathException e) {
            return refused(called + " is not the name of a file.", INSIDE);
        } catch (IOException e) {
            return refused("File " + called + " cannot be read.", "Make it readable.");
        }
    }

    private static Look inside(Path folder, Path path, String called) throws IOException {
        Path plain = path.normalize();
        if (path.isAbsolute() || plain.startsWith("..")) {
            return refused("File " + called + " lies outside of the manifest's folder.", INSIDE);
        }
        Path file = folder.resolve(plain);
        if (!Files.exists(file)) {
            return refused(
                    "There is no file " + called + " beside the manifest.", "Correct the name, or add the file.");
        }
        Path real = file.toRealPath();
        if (!real.startsWith(folder.toRealPath())) {
            return refused("File " + called + " is a link out of the manifest's folder.", INSIDE);
        }
        if (!Files.isRegularFile(real)) {
            return refused(called + " is not a file.", "Name an image or a video.");
        }
        String name = plain.toString().replace('\\', '/');
        return new Look(Optional.of(new MediaRef.LocalFile(name, digest(real))), "", "");
    }

    private static Look refused(String problem, String remedy) {
        return new Look(Optional.empty(), problem, remedy);
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digests of all files that were found, by path. */
    SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        looked.values().forEach(look -> look.file().ifPresent(file -> digests.put(file.path(), file.sha256())));
        return digests;
    }
}
