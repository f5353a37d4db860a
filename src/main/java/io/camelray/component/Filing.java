package io.camelray.component;

import java.nio.file.Files;
import java.nio.file.Path;

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

    private static boolean isTaken(Path file) {
        return Files.exists(file) || Files.exists(file.resolveSibling(file.getFileName() + ".errors.json"));
    }
}
