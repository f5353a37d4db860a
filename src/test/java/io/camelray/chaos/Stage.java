package io.camelray.chaos;

import io.camelray.cli.Launched;
import io.camelray.sandbox.EmbeddedS3;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What outlives the kills: the provider with its books, the bucket, and where folders are delivered to. */
final class Stage implements AutoCloseable {

    private final Path folder;
    private final Path agent;
    private final List<String> ledger;
    private final Sandbox sandbox;
    private final EmbeddedS3 store;
    private final List<Launched> programs = new ArrayList<>();

    /** @param ledger properties that say where the ledger is; none for the home's own */
    Stage(Path folder, long seed, List<String> ledger) throws IOException {
        this.folder = folder;
        this.agent = KillAgent.jar(folder);
        this.ledger = List.copyOf(ledger);
        this.sandbox = Sandbox.start(SandboxOptions.builder()
                .speed(200)
                .seed(seed)
                .requestsPerMinute(100_000)
                .maxConcurrent(10_000)
                .outputBytes(400_000)
                .failures(faults())
                .build());
        this.store = EmbeddedS3.start(folder.resolve("s3"), "renders", Canaries.ACCESS_KEY, Canaries.SECRET_KEY);
    }

    /** What goes wrong beside the kills: lost and late replies, refusals that prove nothing was accepted, bad downloads. */
    private static FailurePlan faults() {
        return FailurePlan.parse(
                """
                rules:
                - {on: submit, match: {nth: 5, every: 23}, times: 0, do: reset-after-accept}
                - {on: submit, match: {nth: 7, every: 19}, times: 0, do: delay-reply, millis: 700}
                - {on: submit, match: {nth: 9, every: 17}, times: 0, do: 429-bare}
                - {on: submit, match: {nth: 11, every: 29}, times: 0, do: 502-json}
                - {on: submit, match: {nth: 13, every: 31}, times: 0, do: reset-before-accept}
                - {on: poll, match: {nth: 4, every: 13}, times: 0, do: reset}
                - {on: poll, match: {nth: 8, every: 37}, times: 0, do: 503}
                - {on: job, match: {nth: 6, every: 41}, times: 0, do: generation_failed}
                - {on: download, match: {nth: 2, every: 11}, times: 0, do: expired-first-url}
                - {on: download, match: {nth: 3, every: 13}, times: 0, do: truncated-with-length}
                - {on: download, match: {nth: 5, every: 17}, times: 0, do: 503}
                """);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    EmbeddedS3 store() {
        return store;
    }

    Path outputs() {
        return folder.resolve("outputs");
    }

    /** Where changes of state are told, a file for each. */
    Path events() {
        return folder.resolve("events");
    }

    /** Where programs keep the files that manifests name; nodes share it. */
    Path assets() {
        return folder.resolve("assets");
    }

    /**
     * Starts a program that stops at a kill's point, if it names one.
     *
     * @param marker what the program writes when it is there
     */
    Launched start(Path home, Optional<Kill> kill, Path marker) {
        List<String> jvm = new ArrayList<>();
        kill.ifPresent(planned -> planned.point()
                .ifPresent(point -> jvm.add(
                        "-javaagent:" + agent + "=" + point.agentArgument(planned.times(), marker.toString()))));
        return launch(home, jvm, "run");
    }

    /** Lets the program do all that it can do without a person. */
    Launched finish(Path home) {
        return launch(home, List.of(), "run", "--once", "--patience", "PT2M");
    }

    private Launched launch(Path home, List<String> jvm, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--home", home.toString()));
        List<String> settings = new ArrayList<>(List.of(
                "ray.download.allow-private=true",
                "ray.intake.patience=300ms",
                "ray.deliver.to=file:" + outputs(),
                "ray.deliver.allow=file:" + outputs() + ",s3://renders",
                "ray.assets.folder=" + assets(),
                "ray.channel.events=file:" + events(),
                "ray.budget.default=1000",
                "ray.budget.daily=100000",
                "camel.component.ray.requests-per-minute=100000",
                "camel.component.ray.max-concurrent=10000",
                "camel.component.ray.initial-poll-delay=200",
                "camel.component.ray.poll-interval=200"));
        settings.addAll(ledger);
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LUMA_AGENTS_API_KEY", Canaries.API_KEY);
        environment.put("LUMA_BASE_URL", sandbox.lumaBaseUrl().toString());
        environment.put("AWS_ENDPOINT_URL_S3", store.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", Canaries.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", Canaries.SECRET_KEY);
        environment.put("AWS_REGION", "us-east-1");
        Launched program = Launched.start(folder, jvm, environment, arguments.toArray(String[]::new));
        programs.add(program);
        return program;
    }

    /** All that the programs have said so far. */
    List<String> said() {
        return programs.stream().map(Launched::output).toList();
    }

    @Override
    public void close() throws InterruptedException {
        for (Launched program : programs) {
            program.close();
        }
        store.close();
        sandbox.close();
    }
}
