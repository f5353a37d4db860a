package io.camelray.intake;

import io.camelray.assets.DurableFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes files out of a folder into which others write. A file is first put aside under another name, so that what is
 * looked at can no longer be replaced; what is another one than expected is put back. Nothing is ever overwritten.
 */
final class TakeOut {

    private static final String ASIDE = ".taking";

    private TakeOut() {}

    /** Whether a file is the expected one. */
    @FunctionalInterface
    interface Check {
        boolean isSame(Path file) throws IOException;
    }

    /**
     * Moves a file, if it is still the expected one.
     *
     * @param target where there is no file yet
     * @return whether it was moved; otherwise it is where it was, or gone
     * @throws FileAlreadyExistsException if there is a file at the target; the file is where it was
     */
    static boolean move(Path file, Check check, Path target) throws IOException {
        return take(file, check, aside -> {
            Files.createDirectories(target.getParent());
            Files.move(aside, target);
            DurableFolder.sync(target.getParent());
        });
    }

    /** Deletes a file, if it is still the expected one. @return whether it was */
    static boolean delete(Path file, Check check) throws IOException {
        return take(file, check, Files::delete);
    }

    @FunctionalInterface
    private interface Step {
        void run(Path aside) throws IOException;
    }

    private static boolean take(Path file, Check check, Step step) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        Path aside = file.resolveSibling("." + file.getFileName() + ASIDE);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        try {
            if (check.isSame(aside)) {
                step.run(aside);
                return true;
            }
        } finally {
            if (Files.exists(aside)) {
                putBack(aside, file);
            }
        }
        return false;
    }

    /** Under its own name, or one like it if there is another file by now. */
    private static void putBack(Path aside, Path file) throws IOException {
        Path free = file;
        for (int copy = 2; true; copy++) {
            try {
                rename(aside, free);
                return;
            } catch (FileAlreadyExistsException e) {
                String name = file.getFileName().toString();
                int dot = name.lastIndexOf('.');
                free = file.resolveSibling(name.substring(0, dot) + "-" + copy + name.substring(dot));
            }
        }
    }

    /** A link fails where there is a file; a move only looks before it overwrites, and is for systems without links. */
    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            Files.move(from, to);
            return;
        }
        Files.delete(from);
    }

    /** Whether a file is one that was put aside. */
    static boolean isAside(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(ASIDE);
    }

    /** Puts back what a program put aside that died then. */
    static void sweep(Path folder) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.filter(TakeOut::isAside).toList();
        }
        for (Path aside : left) {
            String name = aside.getFileName().toString();
            putBack(aside, aside.resolveSibling(name.substring(1, name.length() - ASIDE.length())));
        }
    }
}
