package io.camelray.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program, timed from outside: wall clock, and the CPU time that the shell counts when it has ended. */
public final class Packaged implements AutoCloseable {

    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");
    private static final long PATIENCE_SECONDS = 1200;

    private final Process process;
    private final Path said;
    private final long start = System.nanoTime();

    /** @param jvm options @param arguments the command and its options */
    public Packaged(Path folder, List<String> jvm, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; status=$?; times; exit $status", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-jar", Path.of("target", "camel-ray.jar").toString()));
        command.addAll(arguments);
        this.said = Files.createTempFile(folder, "program", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LUMA_") || name.startsWith("AWS_"));
        this.process = builder.start();
    }

    /** @return seconds from the start until then */
    double await(BooleanSupplier condition) throws InterruptedException, IOException {
        while (!condition.getAsBoolean()) {
            if (seconds() > PATIENCE_SECONDS || !process.isAlive()) {
                throw new IllegalStateException("It did not come so far; it said: " + said());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return seconds();
    }

    /** @return seconds from the start until the end @throws IllegalStateException if it ends badly */
    public double end() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("It did not end well; it said: " + said());
        }
        return seconds();
    }

    private double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** CPU seconds of the program, which must have ended. */
    double cpu() throws IOException {
        Matcher times = TIMES.matcher(said());
        double seconds = 0;
        // The shell's own line comes first, its children's last.
        while (times.find()) {
            seconds = 60 * Double.parseDouble(times.group(1))
                    + Double.parseDouble(times.group(2))
                    + 60 * Double.parseDouble(times.group(3))
                    + Double.parseDouble(times.group(4));
        }
        return seconds;
    }

    boolean hasSaid(String text) {
        try {
            return said().contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private String said() throws IOException {
        return Files.readString(said);
    }

    /** Children first, so that none outlives its shell. */
    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor();
    }
}
