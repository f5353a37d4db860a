package io.camelray.component;

import io.camelray.assets.DurableFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds names that are free, so that nothing that was dropped is ever overwritten. */
final class Filing {

    private Filing() {}

    /**
     * @param folder relative to {@code home}
     * @return relative to {@code home}: {@code folder/x.yaml}, else {@code folder/x-2.yaml} and so on; there is no
     *     {@code .errors.json} of that name either, for what a schedule brought leaves nothing else when it is refused
     */
    static Path free(Path home, Path folder, String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        Path free = folder.resolve(name);
        for (int copy = 2; isTaken(home.resolve(free)); copy++) {
            free = folder.resolve(stem + "-" + copy + ending);
        }
        return free;
    }

    /**
     * Writes a file under a name that is free, and makes sure of it.
     *
     * @param wanted relative to {@code home}
     * @return under which name, relative to {@code home}
     */
    static Path keep(Path home, Path wanted, byte[] content) throws IOException {
        Path free = wanted;
        while (true) {
            Path file = home.resolve(free);
            Files.createDirectories(file.getParent());
            try {
                Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                DurableFolder.syncFile(file);
                DurableFolder.sync(file.getParent());
                return free;
            } catch (FileAlreadyExistsException e) {
                free = free(home, wanted.getParent(), wanted.getFileName().toString());
            }
        }
    }

    private static boolean isTaken(Path file) {
        return Files.exists(file) || Files.exists(file.resolveSibling(file.getFileName() + ".errors.json"));
    }
}
