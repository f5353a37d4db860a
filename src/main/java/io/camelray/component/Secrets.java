package io.camelray.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * Reads a secret that is said either as it is, or as {@code file:/run/secrets/name}. The file is read each time: a secret
 * that is replaced there is used at once, as orchestrators replace them.
 */
final class Secrets {

    private static final String IN_FILE = "file:";
    private static final long LONGEST = 64 * 1024;

    private static final Set<Consumer<String>> LISTENERS = new CopyOnWriteArraySet<>();

    private Secrets() {}

    /** Has somebody told of each secret that is read from a file, before it is used: to keep it out of what is shown. */
    static void onRead(Consumer<String> listener) {
        LISTENERS.add(listener);
    }

    /** @return the secret; empty when its file is not there now or holds nothing */
    static String read(String said) {
        if (said == null || !said.startsWith(IN_FILE)) {
            return said;
        }
        Path file = Path.of(said.substring(IN_FILE.length()));
        try {
            String secret =
                    Files.size(file) > LONGEST ? "" : Files.readString(file).strip();
            LISTENERS.forEach(listener -> listener.accept(secret));
            return secret;
        } catch (IOException e) {
            return "";
        }
    }
}
