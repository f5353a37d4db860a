package io.camelray.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The peer of the whole way: submits, asks twice a second, writes the file. It keeps no ledger, checks nothing, and a kill
 * loses everything.
 */
final class BareClient {

    private static final String BODY =
            """
            {"model":"ray-3.2","type":"video","prompt":"A mug, number %d","aspect_ratio":"16:9",
             "video":{"resolution":"360p","duration":"5s"}}""";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI sandbox;
    private final Path folder;

    private BareClient(URI sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    /** @param arguments the sandbox's base URL, how many renders, how many threads, a folder for the files */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        BareClient bare = new BareClient(URI.create(arguments[0]), Path.of(arguments[3]));
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(arguments[2]));
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            int number = i;
            all.add(threads.submit(() -> bare.render(number)));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        double cpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1e9;
        System.out.printf("%.3f %.3f%n", (System.nanoTime() - start) / 1e9, cpu);
    }

    private Void render(int number) throws IOException, InterruptedException {
        HttpRequest submission = to("/generations")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(String.format(BODY, number)))
                .build();
        String id = answer(submission).path("id").asText();
        JsonNode job;
        do {
            TimeUnit.MILLISECONDS.sleep(500);
            job = answer(to("/generations/" + id).build());
        } while (!job.path("state").asText().equals("completed"));
        URI url = URI.create(job.at("/output/0/url").asText());
        client.send(
                HttpRequest.newBuilder(url).build(), BodyHandlers.ofFile(folder.resolve("bare-" + number + ".mp4")));
        return null;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox + path)).header("Authorization", "Bearer luma-api-bare");
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
        if (reply.statusCode() >= 300) {
            throw new IOException(reply.statusCode() + " " + reply.body());
        }
        return json.readTree(reply.body());
    }
}
