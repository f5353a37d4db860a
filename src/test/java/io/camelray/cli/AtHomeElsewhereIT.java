package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small applications of others, compiled and run with the packaged jar and only what it brings along. */
class AtHomeElsewhereIT {

    private static final Path JAR = Path.of("target/camel-ray.jar").toAbsolutePath();
    private static final Pattern ENTRY =
            Pattern.compile("^ *([^: ]+):([^:]+):jar:(?:[^:]+:)?([^:]+):(compile|runtime|test):([^ ]+\\.jar)(.*)$");
    private static final long LONG_ENOUGH_SECONDS = 120;

    @TempDir
    Path folder;

    /** One line of what Maven lists. */
    private record Dependency(String group, String name, String scope, String file, boolean optional) {}

    private static List<Dependency> dependencies() throws IOException {
        List<Dependency> all = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("target/dependencies.txt"))) {
            Matcher matcher = ENTRY.matcher(line.replaceAll("\u001b\\[[0-9;]*m", ""));
            if (matcher.matches()) {
                all.add(new Dependency(
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(4),
                        matcher.group(5),
                        matcher.group(6).contains("(optional)")));
            }
        }
        return all;
    }

    /** Our jar and what whoever depends on it gets. */
    private static List<String> ours() throws IOException {
        List<String> files = dependencies().stream()
                .filter(one -> !one.optional() && !one.scope().equals("test"))
                .map(Dependency::file)
                .collect(Collectors.toList());
        files.add(0, JAR.toString());
        return files;
    }

    private String run(String application, List<String> classPath, String... arguments) throws Exception {
        Path source = Path.of("src/test/resources/embedded", application.replace('.', '/') + ".java");
        String joined = String.join(File.pathSeparator, classPath);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-parameters",
                        "-d",
                        folder.toString(),
                        "-cp",
                        joined,
                        source.toString());
        assertThat(compiled).isZero();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                folder + File.pathSeparator + joined,
                application));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output) + "\nstatus " + process.exitValue();
    }

    @Test
    void an_application_with_camel_core_and_our_jar_alone_renders_a_video() throws Exception {
        List<String> classPath = Stream.concat(
                        ours().stream(),
                        dependencies().stream()
                                .filter(one -> one.group().equals("org.apache.camel"))
                                .filter(one -> one.name().startsWith("camel-core")
                                        || one.name().startsWith("camel-base")
                                        || List.of("camel-direct", "camel-xml-jaxp-util", "camel-cluster")
                                                .contains(one.name()))
                                .map(Dependency::file))
                .distinct()
                .toList();
        assertThat(classPath)
                .noneMatch(file -> file.contains("picocli") || file.contains("vertx") || file.contains("jcodec"));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().speed(100).build())) {
            String said = run(
                    "PlainApplication",
                    classPath,
                    folder.resolve("home").toString(),
                    sandbox.lumaBaseUrl().toString());

            assertThat(said).containsPattern("VIDEO [1-9][0-9]+").contains("status 0");
            assertThat(sandbox.ledger().posts()).isEqualTo(1);
        }
    }

    @Test
    void a_spring_boot_application_renders_a_video() throws Exception {
        List<String> classPath = new ArrayList<>(List.of(Files.readString(Path.of("target/spring-boot.classpath"))
                .strip()
                .split(File.pathSeparator)));
        classPath.removeIf(file -> file.contains("antrun") || file.contains("/ant"));
        List<String> names = classPath.stream().map(AtHomeElsewhereIT::artifact).toList();
        // Where both bring a library, Spring Boot's version is taken, as its dependency management would have it.
        ours().stream().filter(file -> !names.contains(artifact(file))).forEach(classPath::add);
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().speed(100).build())) {
            String said = run(
                    "example.BootApplication",
                    classPath,
                    "--spring.main.web-application-type=none",
                    "--camel.component.ray.home=" + folder.resolve("home"),
                    "--camel.component.ray.luma-api-key=luma-api-test",
                    "--camel.component.ray.luma-base-url=" + sandbox.lumaBaseUrl(),
                    "--camel.component.ray.download-allow-private=true",
                    "--camel.component.ray.initial-poll-delay=100",
                    "--camel.component.ray.poll-interval=100");

            assertThat(said).containsPattern("VIDEO [1-9][0-9]+").contains("status 0");
            assertThat(sandbox.ledger().posts()).isEqualTo(1);
        }
    }

    /** A jar's name without its version. */
    private static String artifact(String file) {
        return Path.of(file).getFileName().toString().replaceFirst("-[0-9][^/]*\\.jar$", "");
    }
}
