package io.camelray.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.Sandbox;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The simulator alone. */
@Command(
        name = "sandbox",
        description = "Simulates Luma, GMI Cloud, Replicate and their storage on this machine; nothing costs anything.",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", defaultValue = "8787", description = "Port of the API (default: 8787; 0: any)")
    private int port;

    @Option(names = "--storage-port", defaultValue = "0", description = "Port of the storage (default: any)")
    private int storagePort;

    @Option(names = "--speed", defaultValue = "1", description = "How much faster than the real thing jobs run")
    private double speed;

    @Option(names = "--seed", defaultValue = "1", description = "Makes job times repeatable")
    private long seed;

    @Option(names = "--url-life", defaultValue = "PT1H", description = "How long download URLs live (default: PT1H)")
    private Duration urlLife;

    @Option(names = "--requests-per-minute", defaultValue = "30", description = "The rate limit (default: 30)")
    private int requestsPerMinute;

    @Option(names = "--max-concurrent", defaultValue = "10", description = "The limit of concurrent jobs (default: 10)")
    private int maxConcurrent;

    @Option(names = "--output-bytes", defaultValue = "0", description = "Makes each video at least this large")
    private long outputBytes;

    @Option(
            names = {"--faults", "--failures"},
            paramLabel = "FILE",
            description = "A plan of what is to go wrong")
    private Path failures;

    @Option(names = "--state", paramLabel = "FILE", description = "Keeps the ground truth in a file")
    private Path state;

    @Option(names = "--json", description = "Says where it is as one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SandboxOptions.Builder builder = SandboxOptions.builder()
                .apiPort(port)
                .storagePort(storagePort)
                .speed(speed)
                .seed(seed)
                .urlLife(urlLife)
                .requestsPerMinute(requestsPerMinute)
                .maxConcurrent(maxConcurrent)
                .outputBytes(outputBytes);
        if (failures != null) {
            builder.failures(FailurePlan.read(failures));
        }
        if (state != null) {
            builder.stateFile(state);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Sandbox sandbox = Sandbox.start(builder.build())) {
            if (json) {
                out.println(document(sandbox));
                out.flush();
                new CountDownLatch(1).await();
            }
            out.println("The sandbox is ready. In another shell, with the lines of the providers that you want:");
            out.println("  export LUMA_BASE_URL=" + sandbox.lumaBaseUrl() + " LUMA_AGENTS_API_KEY=luma-api-sandbox");
            out.println("  export GMI_BASE_URL=" + sandbox.gmiBaseUrl() + " GMI_API_KEY=gmi-sandbox");
            out.println(
                    "  export REPLICATE_BASE_URL=" + sandbox.replicateBaseUrl() + " REPLICATE_API_TOKEN=r8-sandbox");
            out.println(
                    "  java -jar target/camel-ray.jar run --home work/sandbox --set ray.download.allow-private=true");
            out.println("What it has seen: http://127.0.0.1:" + sandbox.apiPort() + "/sandbox/ledger");
            out.flush();
            new CountDownLatch(1).await();
            return ExitStatus.GOOD;
        }
    }

    private static String document(Sandbox sandbox) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("luma", sandbox.lumaBaseUrl().toString())
                .put("gmi", sandbox.gmiBaseUrl().toString())
                .put("replicate", sandbox.replicateBaseUrl().toString())
                .put("seen", "http://127.0.0.1:" + sandbox.apiPort() + "/sandbox/ledger")
                .toString();
    }
}
