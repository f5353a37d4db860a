package io.camelray.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a class of ours in a process of its own, with the heap that the measurement is about. */
public final class Child {

    private Child() {}

    /**
     * @param folder for what it says
     * @param jvm options such as {@code -Xmx256m}
     * @return the words of the last line that it prints
     * @throws IllegalStateException with what it said, if it fails
     */
    public static String[] run(Path folder, Class<?> main, List<String> jvm, String... arguments)
            throws IOException, InterruptedException {
        return run(folder, main.getName(), jvm, arguments);
    }

    /**
     * The same with a peer that needs its own libraries, and so is in {@code src/bench/java}, which only {@code -Pbench}
     * compiles.
     *
     * @param main the name of the class
     */
    public static String[] run(Path folder, String main, List<String> jvm, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile(folder, "child", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            int status = process.waitFor();
            List<String> lines = Files.readAllLines(said);
            if (status != 0 || lines.isEmpty()) {
                throw new IllegalStateException(main + " ends with " + status + ": "
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
            }
            return lines.get(lines.size() - 1).trim().split(" ");
        } finally {
            process.destroyForcibly();
        }
    }
}
