package io.camelray.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.ledger.OperatorException;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers in JSON, and says in one sentence what went wrong; never how. */
final class PageAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(PageAnswers.class);

    private static final long LINGER_MILLIS = 1000;

    private PageAnswers() {}

    /** What answers a request; runs on a worker thread. */
    @FunctionalInterface
    interface Work {
        JsonNode answer() throws Exception;
    }

    static void answer(RoutingContext context, Work work) {
        context.vertx()
                .executeBlocking(work::answer, false)
                .onSuccess(document -> send(context, 200, document))
                .onFailure(problem -> fail(context, problem));
    }

    static void send(RoutingContext context, int status, JsonNode document) {
        if (!context.response().ended()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(document.toString());
        }
    }

    static void refuse(RoutingContext context, int status, String message) {
        if (!context.request().isEnded()) {
            // Whoever goes on sending gets time to read the answer, and no more.
            context.vertx().setTimer(LINGER_MILLIS, timer -> {
                if (!context.request().isEnded()) {
                    context.request().connection().close();
                }
            });
        }
        send(context, status, JsonNodeFactory.instance.objectNode().put("error", message));
    }

    private static void fail(RoutingContext context, Throwable problem) {
        if (problem instanceof OperatorException) {
            refuse(context, 409, problem.getMessage());
        } else if (problem instanceof LedgerUnavailableException) {
            refuse(context, 503, problem.getMessage());
        } else if (problem instanceof JsonProcessingException) {
            refuse(context, 400, "The request cannot be read");
        } else {
            LOG.warn("A request to the status page failed: {}", problem.toString());
            refuse(context, 500, "That went wrong; the program's log says more");
        }
    }

    /** Answers what the router gave up, such as a body that is too long. */
    static void failed(RoutingContext context) {
        int status = context.statusCode() > 0 ? context.statusCode() : 500;
        if (status >= 500) {
            LOG.warn("A request to the status page failed: {}", String.valueOf(context.failure()));
        } else {
            PageGuard.LOG.warn("A request to the status page was refused: {} {}", status, PageGuard.describe(context));
        }
        String message =
                switch (status) {
                    case 404 -> "There is nothing here";
                    case 405 -> "Not with this method";
                    case 413 -> "That is too long";
                    case 415 -> "Send it as JSON";
                    default -> "That went wrong; the program's log says more";
                };
        refuse(context, status, message);
    }
}
