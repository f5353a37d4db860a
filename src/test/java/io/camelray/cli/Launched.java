package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The packaged program in a process of its own, its output in files. */
public final class Launched implements AutoCloseable {

    private static final long LONG_ENOUGH_SECONDS = 300;

    private final Process process;
    private final Path out;
    private final Path err;

    private Launched(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param environment in place of ours, less what the JVM needs */
    public static Launched start(Path folder, List<String> jvm, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As they were when the archive was made, and quick: what lives for seconds need not be compiled well.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:SharedArchiveFile=" + Path.of("target", "camel-ray.jsa"), "-Xshare:auto"));
        command.addAll(jvm);
        command.addAll(List.of("-jar", Path.of("target", "camel-ray.jar").toString()));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(folder, "program", ".out");
            Path err = Files.createTempFile(folder, "program", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LUMA_") || name.startsWith("AWS_"));
            // Programs that run side by side do not quarrel over its port.
            builder.environment().put("RAY_PAGE_ENABLED", "false");
            builder.environment().putAll(environment);
            return new Launched(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS))
                .as("the program ends; it said: %s", output())
                .isTrue();
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends a signal by its name, such as STOP. */
    public void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(status).as("kill -%s", name).isZero();
    }

    /** Waits until the program has come so far. @throws AssertionError with what it said, if it ends or takes too long */
    public void await(String what, Duration atMost, BooleanSupplier condition) {
        long until = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() < until && isAlive())
                    .as("%s; it said: %s", what, output())
                    .isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    public String output() {
        return read(out) + read(err);
    }

    public String errors() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
