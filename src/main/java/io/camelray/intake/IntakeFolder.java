package io.camelray.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Tells manifests from the data files beside them. A data file that a waiting manifest names is not intake; a CSV alone is,
 * when the template of a campaign takes its name. Thread-safe.
 */
public final class IntakeFolder {

    /** How long a list waits for the manifest that names it; then it is taken for one, and told that it is none. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int REMEMBERED = 20_000;

    private final Path templates;
    private final Clock clock;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    /**
     * What is to be known of a manifest, as of when it was read.
     *
     * @param named the data files that it names
     * @param list whether it is a list, and so no manifest
     */
    private record Known(long size, FileTime modified, Set<String> named, boolean list) {}

    /** @param templates where campaigns' templates are, {@code <name>.yaml} each; there need not be such a folder */
    public IntakeFolder(Path templates, Clock clock) {
        this.templates = templates;
        this.clock = clock;
    }

    /**
     * Whether this is a manifest, stands for one, or is a report with approvals: what is not, waits for the manifest that
     * names it.
     *
     * @param named what the manifests beside it name: {@link #namedBy}
     */
    public boolean takes(Path file, Set<Path> named) {
        if (named.contains(file.toAbsolutePath().normalize())) {
            return false;
        }
        if (isCsv(file)) {
            return ApprovalSheet.isOne(file) || template(name(file)).isPresent();
        }
        return isManifest(file) && (!known(file).list() || isOld(file));
    }

    /** The data files, as absolute paths, that the manifests among these files of one folder name. */
    public Set<Path> namedBy(Collection<Path> files) {
        Set<Path> all = new HashSet<>();
        for (Path file : files) {
            if (isManifest(file)) {
                namedBy(file).stream()
                        .filter(data -> !data.equals(file.toAbsolutePath().normalize()))
                        .forEach(all::add);
            }
        }
        return all;
    }

    /** The data files, as absolute paths, that a manifest names; those that leave its folder too. */
    Set<Path> namedBy(Path manifest) {
        if (!isManifest(manifest)) {
            return Set.of();
        }
        Path folder = manifest.toAbsolutePath().getParent();
        Set<Path> named = new HashSet<>();
        for (String data : known(manifest).named()) {
            try {
                named.add(folder.resolve(data).normalize());
            } catch (InvalidPathException e) {
                // Such a file cannot be waiting; the plan says what is wrong with the name.
                continue;
            }
        }
        return named;
    }

    /** The template whose data a file of this name is. */
    public Optional<ManifestSource> template(String data) {
        return manifests(templates)
                .filter(template -> known(template).named().contains(data))
                .sorted()
                .findFirst()
                .flatMap(IntakeFolder::read);
    }

    /** Whether a manifest in the same folder names this file. */
    public boolean isNamedBeside(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return namedBy(manifests(absolute.getParent()).toList()).contains(absolute);
    }

    /** Whether this can be the data of a manifest, and is none itself. */
    public static boolean isData(Path file) {
        return DataFormat.of(name(file)).isPresent() && (!isManifest(file) || isList(file));
    }

    /** Whether a file of this name is cells divided by commas and the like. */
    public static boolean isCsv(Path file) {
        return DataFormat.of(name(file)).filter(CsvRows.class::isInstance).isPresent();
    }

    private Known known(Path manifest) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(manifest, BasicFileAttributes.class);
            long size = attributes.size();
            FileTime modified = attributes.lastModifiedTime();
            Known before = known.get(manifest);
            if (before != null && before.size() == size && before.modified().equals(modified)) {
                return before;
            }
            Known now = new Known(
                    size, modified, read(manifest).map(DataFiles::named).orElse(Set.of()), isList(manifest));
            if (known.size() > REMEMBERED) {
                known.clear();
            }
            known.put(manifest, now);
            return now;
        } catch (IOException e) {
            // It has just been taken away.
            return new Known(0, FileTime.fromMillis(0), Set.of(), false);
        }
    }

    private static Optional<ManifestSource> read(Path manifest) {
        try {
            return Optional.of(ManifestSource.of(manifest));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Stream<Path> manifests(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(IntakeFolder::isManifest).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Whether a file of this name can be a manifest. */
    public static boolean isManifestName(String name) {
        String ending = name.toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && List.of(".yaml", ".yml", ".json").stream().anyMatch(ending::endsWith);
    }

    private static boolean isManifest(Path file) {
        return isManifestName(name(file)) && Files.isRegularFile(file);
    }

    /** By its first line that says anything: a manifest is never a list. */
    private static boolean isList(Path file) {
        // Files.newBufferedReader would fail on what is no UTF-8.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                String text = line.replace("\uFEFF", "").strip();
                if (!text.isEmpty() && !text.startsWith("#") && !text.equals("---")) {
                    return text.startsWith("[") || text.equals("-") || text.startsWith("- ");
                }
                line = lines.readLine();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isOld(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().plus(PATIENCE).isBefore(clock.instant());
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
