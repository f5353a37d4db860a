package io.camelray.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What one writes without this product: a route that submits, and then asks every five seconds in a {@code loop} with a
 * {@code delay}, so that an exchange stays with each render. Nothing is durable. The delay does not hold its thread and has
 * a pool of its own, because Camel's takes a thousand waiting exchanges and no more. In a process of its own; says what
 * {@link InFlightRun} says.
 */
final class PlainRouteRun extends RouteBuilder {

    private static final String KEY = "Bearer luma-api-bench";
    private static final long GAP = 5_000;
    private static final int SENDERS = 8;
    private static final int WAITERS = 10;
    private static final String DUE = "due";
    private static final String OPEN = "open";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String sandbox;
    private final int renders;
    private final Lateness lateness = new Lateness();
    private final AtomicInteger ended = new AtomicInteger();
    private final CountDownLatch accepted;

    private PlainRouteRun(String sandbox, int renders) {
        this.sandbox = sandbox;
        this.renders = renders;
        this.accepted = new CountDownLatch(renders);
    }

    /** @param arguments the sandbox's base URL, how many renders */
    public static void main(String[] arguments) throws Exception {
        new PlainRouteRun(arguments[0], Integer.parseInt(arguments[1])).run();
        System.exit(0);
    }

    @Override
    public void configure() {
        ScheduledExecutorService waiters =
                Executors.newScheduledThreadPool(WAITERS, work -> new Thread(work, "Camel delays of the plain route"));
        from("seda:renders?concurrentConsumers=" + SENDERS + "&size=" + renders)
                .setHeader("Authorization", constant(KEY))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .to(sandbox + "/generations")
                .process(this::accepted)
                .loopDoWhile(exchangeProperty(OPEN).isEqualTo(true))
                .process(exchange -> exchange.setProperty(DUE, System.nanoTime() + GAP * 1_000_000))
                .delay(GAP)
                .executorService(waiters)
                .setHeader(Exchange.HTTP_METHOD, constant("GET"))
                .to(sandbox)
                .process(this::answered)
                .end()
                .end()
                .process(exchange -> ended.incrementAndGet());
    }

    private void accepted(Exchange exchange) throws Exception {
        String id = JSON.readTree(exchange.getMessage().getBody(String.class))
                .path("id")
                .asText();
        if (id.isEmpty()) {
            throw new IllegalStateException("The sandbox took no job");
        }
        exchange.setProperty(OPEN, true);
        exchange.getMessage().setHeader(Exchange.HTTP_URI, sandbox + "/generations/" + id);
        exchange.getMessage().setBody(null);
        accepted.countDown();
    }

    private void answered(Exchange exchange) throws Exception {
        String state = JSON.readTree(exchange.getMessage().getBody(String.class))
                .path("state")
                .asText();
        lateness.add(System.nanoTime() - exchange.getProperty(DUE, Long.class));
        exchange.setProperty(OPEN, !state.equals("completed") && !state.equals("failed"));
        exchange.getMessage().setBody(null);
    }

    private void run() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(this);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            long before = InFlightRun.heap();
            long start = System.nanoTime();
            for (int i = 0; i < renders; i++) {
                template.sendBody("seda:renders", String.format(InFlightRun.BODY, i));
            }
            accepted.await();
            double submitting = (System.nanoTime() - start) / 1e9;
            int inFlight = renders - ended.get();
            long growth = InFlightRun.heap() - before;
            lateness.clear();
            int threads = 0;
            while (ended.get() < renders) {
                threads = Math.max(threads, camelThreads());
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
                    lateness.count(),
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                    .getProcessCpuTime()
                            / 1e9);
        }
    }

    private static int camelThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Camel"))
                .count();
    }
}
