package io.camelray.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same renders as workflows of Temporal: its test server, which keeps everything in memory, and a worker as it is out
 * of the box, together in a process of their own. Says what {@link InFlightRun} says; its threads are all that there are.
 */
final class TemporalRun implements RenderWorkflow.Jobs {

    static final long GAP = 5_000;

    private static final String KEY = "Bearer luma-api-bench";
    private static final String QUEUE = "renders";
    private static final int SENDERS = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lateness lateness = new Lateness();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI sandbox;
    private final int renders;
    private final CountDownLatch accepted;

    private TemporalRun(URI sandbox, int renders) {
        this.sandbox = sandbox;
        this.renders = renders;
        this.accepted = new CountDownLatch(renders);
    }

    /** @param arguments the sandbox's base URL, how many renders */
    public static void main(String[] arguments) throws Exception {
        new TemporalRun(URI.create(arguments[0]), Integer.parseInt(arguments[1])).run();
        System.exit(0);
    }

    @Override
    public String submit(int number) {
        String id = answer(to("/generations")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(String.format(InFlightRun.BODY, number)))
                        .build())
                .path("id")
                .asText();
        if (id.isEmpty()) {
            throw new IllegalStateException("The sandbox took no job");
        }
        accepted.countDown();
        return id;
    }

    @Override
    public void poll(String job) {
        String state = answer(to("/generations/" + job).build()).path("state").asText();
        asked.incrementAndGet();
        boolean open = !state.equals("completed") && !state.equals("failed");
        long now = System.nanoTime();
        Long planned = open ? due.put(job, now + GAP * 1_000_000) : due.remove(job);
        if (planned != null) {
            lateness.add(now - planned);
        }
        if (!open) {
            ended.incrementAndGet();
        } else {
            throw ApplicationFailure.newBuilder()
                    .setMessage(state)
                    .setType("open")
                    .setCategory(ApplicationErrorCategory.BENIGN)
                    .build();
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox + path)).header("Authorization", KEY);
    }

    private JsonNode answer(HttpRequest request) {
        try {
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void run() throws Exception {
        TestEnvironmentOptions realTime =
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build();
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(realTime)) {
            Worker worker = temporal.newWorker(QUEUE);
            worker.registerWorkflowImplementationTypes(RenderWorkflow.Submitting.class);
            worker.registerActivitiesImplementations(this);
            temporal.start();
            long before = InFlightRun.heap();
            long start = System.nanoTime();
            start(temporal.getWorkflowClient());
            accepted.await();
            double submitting = (System.nanoTime() - start) / 1e9;
            int inFlight = renders - ended.get();
            long growth = InFlightRun.heap() - before;
            lateness.clear();
            int threads = 0;
            while (ended.get() < renders) {
                threads = Math.max(threads, Thread.activeCount());
                TimeUnit.MILLISECONDS.sleep(500);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d %.3f %.1f %d %.4f %.4f %.4f %d %.2f%n",
                    inFlight,
                    growth / 1024.0 / Math.max(1, inFlight),
                    submitting,
                    threads,
                    lateness.seconds(0.5),
                    lateness.seconds(0.99),
                    lateness.seconds(1),
                    asked.get(),
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                    .getProcessCpuTime()
                            / 1e9);
        }
    }

    private void start(WorkflowClient client) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < renders; i++) {
            int number = i;
            RenderWorkflow workflow = client.newWorkflowStub(
                    RenderWorkflow.class,
                    WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
            all.add(threads.submit(() -> WorkflowClient.start(workflow::render, number)));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
    }
}
