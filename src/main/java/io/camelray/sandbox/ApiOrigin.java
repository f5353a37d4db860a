package io.camelray.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The API origin: reads requests, keeps the wire log, and hands each to the provider mounted at its path. */
final class ApiOrigin implements HttpHandler {

    private static final int MAX_BODY = 96 * 1024 * 1024;

    private final GroundTruth truth;
    private final List<ProviderRoutes> providers;
    private final ProviderRoutes ownViews;

    ApiOrigin(GroundTruth truth, List<ProviderRoutes> providers) {
        this.truth = truth;
        this.providers = List.copyOf(providers);
        this.ownViews = new TruthRoutes(truth);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            ApiRequest request = new ApiRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    body);
            if (isBelow(ownViews, request)) {
                carryOut(exchange, ownViews.answer(request));
                return;
            }
            truth.called(request.method());
            truth.log("api", exchange, body);
            carryOut(exchange, answer(request));
        }
    }

    private Answer answer(ApiRequest request) {
        if (request.body().length > MAX_BODY) {
            return unsigned(Reply.detail(413, "Request body is too large"));
        }
        Optional<ProviderRoutes> provider =
                providers.stream().filter(p -> isBelow(p, request)).findFirst();
        return provider.map(p -> p.answer(request)).orElseGet(() -> unsigned(Reply.detail(404, "Not Found")));
    }

    private static Answer unsigned(Reply reply) {
        return new Answer.Send(
                reply.with("X-Request-Id", UUID.randomUUID()).with("X-API-Version", LumaRoutes.API_VERSION));
    }

    private static boolean isBelow(ProviderRoutes routes, ApiRequest request) {
        return request.path().startsWith(routes.mount() + "/");
    }

    private static void carryOut(HttpExchange exchange, Answer answer) throws IOException {
        if (answer instanceof Answer.Send send) {
            write(exchange, send.reply());
        } else if (answer instanceof Answer.SendLate late) {
            SpoiltDownload.pause(late.delay());
            write(exchange, late.reply());
        }
        // Nothing to do for HangUp: an exchange that closes without a reply closes its connection.
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bare = reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bare ? -1 : reply.body().length);
        if (!bare) {
            exchange.getResponseBody().write(reply.body());
        }
    }
}
