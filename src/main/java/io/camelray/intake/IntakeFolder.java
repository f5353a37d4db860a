package io.camelray.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
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

    private static final int REMEMBERED = 1000;

    private final Path templates;
    private final Clock clock;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    /** The data files that a manifest names, as of when it was read. */
    private record Known(long size, FileTime modified, Set<String> named) {}

    /** @param templates where campaigns' templates are, {@code <name>.yaml} each; there need not be such a folder */
    public IntakeFolder(Path templates, Clock clock) {
        this.templates = templates;
        this.clock = clock;
    }

    /** Whether this is a manifest, stands for one, or is a report with approvals: what is not, waits for the manifest that names it. */
    public boolean takes(Path file) {
        if (isNamedBeside(file)) {
            return false;
        }
        if (isCsv(file)) {
            return ApprovalSheet.isOne(file) || template(name(file)).isPresent();
        }
        return isManifest(file) && (!isList(file) || isOld(file));
    }

    /** The template whose data a file of this name is. */
    public Optional<ManifestSource> template(String data) {
        return manifests(templates)
                .filter(template -> named(template).contains(data))
                .sorted()
                .findFirst()
                .flatMap(IntakeFolder::read);
    }

    /** Whether a manifest in the same folder names this file. */
    public boolean isNamedBeside(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return manifests(folder)
                .filter(other -> !name(other).equals(name(file)))
                .anyMatch(other -> named(other).stream().anyMatch(data -> folder.resolve(data)
                        .normalize()
                        .equals(file.toAbsolutePath().normalize())));
    }

    /** Whether this can be the data of a manifest, and is none itself. */
    public static boolean isData(Path file) {
        return DataFormat.of(name(file)).isPresent() && (!isManifest(file) || isList(file));
    }

    /** Whether a file of this name is cells divided by commas and the like. */
    public static boolean isCsv(Path file) {
        return DataFormat.of(name(file)).filter(CsvRows.class::isInstance).isPresent();
    }

    private Set<String> named(Path manifest) {
        try {
            long size = Files.size(manifest);
            FileTime modified = Files.getLastModifiedTime(manifest);
            Known before = known.get(manifest);
            if (before != null && before.size() == size && before.modified().equals(modified)) {
                return before.named();
            }
            Set<String> named = read(manifest).map(DataFiles::named).orElse(Set.of());
            if (known.size() > REMEMBERED) {
                known.clear();
            }
            known.put(manifest, new Known(size, modified, named));
            return named;
        } catch (IOException e) {
            // It has just been taken away.
            return Set.of();
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

    private static boolean isManifest(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && List.of(".yaml", ".yml", ".json").stream().anyMatch(name::endsWith)
                && Files.isRegularFile(file);
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
