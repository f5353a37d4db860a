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
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The files that references name, each looked for and read once for its digest. */
final class LocalMedia {

    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\\\:*?\"<>|]");
    private static final String INSIDE = "Put the file into the manifest's folder and name it from there.";

    private final Optional<Path> folder;
    private final Function<String, Look> search;
    private final Optional<Path> filed;
    private final Map<String, Look> looked = new HashMap<>();
    private final Map<String, Data> data = new HashMap<>();

    /**
     * What became of looking for a file.
     *
     * @param problem why it cannot be used, one sentence; empty if it can
     * @param remedy what to do then
     */
    record Look(Optional<MediaRef.LocalFile> file, String problem, String remedy) {}

    /** The files beside a manifest: inside its folder, wherever links lead. @param folder empty if it came without one */
    LocalMedia(Optional<Path> folder) {
        this(folder, path -> Optional.empty());
    }

    private LocalMedia(Optional<Path> folder, Function<String, Optional<MediaRef.LocalFile>> remembered) {
        this(folder, remembered, Optional.empty());
    }

    /**
     * @param remembered files that were beside an earlier manifest: they are taken where none is beside this one
     * @param filed where an earlier manifest was filed with its data files, which are taken likewise
     */
    LocalMedia(Optional<Path> folder, Function<String, Optional<MediaRef.LocalFile>> remembered, Optional<Path> filed) {
        this.folder = folder;
        this.filed = filed;
        this.search = written -> look(folder, remembered, written);
    }

    private LocalMedia(Path folder, Function<String, Look> search) {
        this.folder = Optional.of(folder);
        this.filed = Optional.empty();
        this.search = search;
    }

    /** @param search says what a text names: a file, by its name in {@code folder} */
    static LocalMedia foundBy(Function<String, Look> search, Path folder) {
        return new LocalMedia(folder, search);
    }

    /** Where files are looked into. */
    Optional<Path> folder() {
        return folder;
    }

    Look find(String written) {
        return looked.computeIfAbsent(written, search);
    }

    private static Look look(
            Optional<Path> folder, Function<String, Optional<MediaRef.LocalFile>> remembered, String written) {
        String called = "'" + Kinds.shorten(written) + "'";
        if (UNSAFE.matcher(written).find()) {
            return refused(
                    called + " is no reference: neither an address nor the name of a file.",
                    "Name a step, a generation, an https:// address, an s3:// object or a file beside the manifest.");
        }
        Look beside = beside(folder, written, called);
        return beside.file().isPresent()
                ? beside
                : remembered
                        .apply(written)
                        .map(file -> new Look(Optional.of(file), "", ""))
                        .orElse(beside);
    }

    private static Look beside(Optional<Path> folder, String written, String called) {
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

    static Look refused(String problem, String remedy) {
        return new Look(Optional.empty(), problem, remedy);
    }

    static String digest(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * A data file.
     *
     * @param file where it is, if it was found
     */
    record Data(Look look, Optional<Path> file) {}

    /** A data file: beside the manifest, else where an earlier manifest of the campaign was filed with it. */
    Data findData(String written) {
        return data.computeIfAbsent(written, name -> {
            Data beside = data(folder, name);
            Data kept = beside.file().isPresent() || filed.isEmpty() ? beside : data(filed, name);
            return kept.file().isPresent() ? kept : beside;
        });
    }

    private static Data data(Optional<Path> folder, String written) {
        Look look = look(folder, path -> Optional.empty(), written);
        return new Data(look, look.file().map(found -> folder.orElseThrow().resolve(found.path())));
    }

    /** The digests of all images and videos that were found, by path. */
    SortedMap<String, String> mediaDigests() {
        return digests(looked.values());
    }

    /** The digests of all files that were found, by path. */
    SortedMap<String, String> digests() {
        SortedMap<String, String> digests = digests(looked.values());
        digests.putAll(digests(data.values().stream().map(Data::look).toList()));
        return digests;
    }

    private static SortedMap<String, String> digests(Collection<Look> looks) {
        SortedMap<String, String> digests = new TreeMap<>();
        looks.forEach(look -> look.file().ifPresent(file -> digests.put(file.path(), file.sha256())));
        return digests;
    }
}
