package io.camelray.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The API origin: reads requests, keeps the wire log, and hands each to the provider mounted at its path. */
final class ApiOrigin implements HttpHandler {

    private static final int MAX_BODY = 96 * 1024 * 1024;
    private static final int PIECES = 4;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final String name;
    private final ErrorStyle style;
    private final GroundTruth truth;
    private final List<ProviderRoutes> providers;
    private final ProviderRoutes ownViews;

    /**
     * @param name for the wire log
     * @param style of errors about what no provider here knows
     */
    ApiOrigin(String name, ErrorStyle style, GroundTruth truth, List<ProviderRoutes> providers) {
        this.name = name;
        this.style = style;
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
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders(),
                    body);
            if (isBelow(ownViews, request)) {
                carryOut(exchange, ownViews.answer(request));
                return;
            }
            truth.called(request.method());
            truth.log(name, exchange, body);
            carryOut(exchange, answer(request));
        }
    }

    private Answer answer(ApiRequest request) {
        if (request.body().length > MAX_BODY) {
            return unsigned(style.error(413, "Request body is too large"));
        }
        Optional<ProviderRoutes> provider =
                providers.stream().filter(p -> isBelow(p, request)).findFirst();
        return provider.map(p -> p.answer(request)).orElseGet(() -> unsigned(style.error(404, "Not Found")));
    }

    private Answer unsigned(Reply reply) {
        Reply known = style == ErrorStyle.LUMA ? reply.with("X-API-Version", LumaRoutes.API_VERSION) : reply;
        return new Answer.Send(known.with("X-Request-Id", UUID.randomUUID()));
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
        } else if (answer instanceof Answer.SendSlowly slow) {
            trickle(exchange, slow.reply(), slow.pause());
        } else if (answer instanceof Answer.Hostile hostile) {
            HostileReply.send(exchange, hostile);
        } else if (answer instanceof Answer.SendWhenReady waiting) {
            write(exchange, await(waiting));
        }
        // Nothing to do for HangUp: an exchange that closes without a reply closes its connection.
    }

    private static Reply await(Answer.SendWhenReady waiting) throws IOException {
        long patience = System.nanoTime() + waiting.atMost().toNanos();
        Optional<Reply> ready = waiting.ready().get();
        while (ready.isEmpty() && System.nanoTime() < patience) {
            SpoiltDownload.pause(LOOK_AGAIN);
            ready = waiting.ready().get();
        }
        return ready.orElseGet(waiting.otherwise());
    }

    private static void trickle(HttpExchange exchange, Reply reply, Duration pause) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        int length = reply.body().length;
        exchange.sendResponseHeaders(reply.status(), length);
        for (int piece = 0; piece < PIECES; piece++) {
            SpoiltDownload.pause(pause);
            int from = length * piece / PIECES;
            exchange.getResponseBody().write(reply.body(), from, length * (piece + 1) / PIECES - from);
            exchange.getResponseBody().flush();
        }
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
