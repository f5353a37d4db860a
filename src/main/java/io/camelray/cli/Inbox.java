package io.camelray.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The folder that manifests are dropped into. */
record Inbox(Path folder) {

    static Inbox in(Path home) {
        return new Inbox(home.resolve("inbox"));
    }

    /** Whether any file waits in a folder where all are taken. */
    static boolean holdsFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file ->
                    Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."));
        } catch (IOException e) {
            return false;
        }
    }

    /** Drops a copy of a file, whole or not at all. */
    void drop(String name, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolve("." + name + ".part");
        Files.write(draft, content);
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
