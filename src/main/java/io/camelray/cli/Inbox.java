package io.camelray.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;

/** The folder that manifests are dropped into. */
record Inbox(Path folder) {

    static Inbox in(Path home) {
        return new Inbox(home.resolve("inbox"));
    }

    /** Whether no manifest waits in it. */
    boolean isEmpty() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.noneMatch(Inbox::isManifest);
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && Files.isRegularFile(file)
                && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    /** Drops a copy of a file, whole or not at all. */
    void drop(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolve("." + name + ".part");
        Files.write(draft, content);
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
