package io.camelray.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a health address, for containers without curl: {@code java -cp camel-ray.jar io.camelray.cli.Probe URL}. */
public final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private Probe() {}

    /** Ends with 0 if the address answers 200, else with 1. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(arguments.length == 1 && isHealthy(URI.create(arguments[0])) ? 0 : 1);
    }

    static boolean isHealthy(URI address) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
