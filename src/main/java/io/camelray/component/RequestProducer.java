package io.camelray.component;

import io.camelray.intake.AdHocRequest;
import io.camelray.intake.AdHocResult;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.Place;
import io.camelray.model.RenderId;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans the render that a message asks for, and answers with its video when it is there. */
final class RequestProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(RequestProducer.class);

    /** The key that was made up last for this exchange: it stands for one request, and gives way to another one. */
    private static final String MADE_KEY = "CamelRayMadeKey";

    private final RayEndpoint endpoint;
    private final RayConfiguration options;
    private final Operation operation;
    private final Map<String, RouteLeaver> leavers = new ConcurrentHashMap<>();

    RequestProducer(RayEndpoint endpoint, Operation operation) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.operation = operation;
        if (options.getTimeout() < 0) {
            throw new IllegalArgumentException("timeout must be 0 or more, not " + options.getTimeout());
        }
        if (options.getBudget() != null) {
            budget(options.getBudget());
        }
    }

    private static Money budget(String dollars) {
        try {
            return RaySettings.money(dollars);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option budget is wrong: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            begin(exchange, callback);
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private void begin(Exchange exchange, AsyncCallback callback) {
        AdHocRequests requests = endpoint.adHocRequests();
        String key = key(exchange);
        Optional<RouteLeaver> route = leaver(exchange);
        if (requests.isLeaving() || route.filter(RouteLeaver::isLeaving).isPresent()) {
            throw new RayDetachedException(key, Optional.empty(), "Camel is being stopped.");
        }
        AdHocResult result = requests.plan(request(exchange, key));
        if (result instanceof AdHocResult.KeyTaken && key.equals(exchange.getProperty(MADE_KEY))) {
            key = makeKey(exchange);
            result = requests.plan(request(exchange, key));
        }
        RenderId render = accepted(result, key);
        exchange.getMessage().setHeader(RayConstants.RENDER_ID, render.toString());
        Duration timeout = Duration.ofMillis(options.getTimeout());
        long deadline = timeout.isZero() ? 0 : System.nanoTime() + timeout.toNanos();
        Waiter waiter = new Waiter(key, exchange, callback, deadline);
        requests.await(render, waiter);
        if (route.filter(RouteLeaver::isLeaving).isPresent()) {
            requests.detach(candidate -> candidate == waiter);
        }
    }

    private AdHocRequest request(Exchange exchange, String key) {
        Money budget =
                options.getBudget() == null ? endpoint.works().settings().budgetDefault() : budget(options.getBudget());
        return new RequestMessage(options, operation, budget).read(exchange.getMessage(), key);
    }

    /** In the message from now on, so that whatever happens, asking again attaches. */
    private String key(Exchange exchange) {
        Message message = exchange.getMessage();
        String given = message.getHeader(RayConstants.KEY, String.class);
        if (given == null || given.isBlank()) {
            // Camel redelivers the message as it was before, without the key that was made up for it.
            String unanswered = exchange.getProperty(RenderAnswer.UNANSWERED_KEY, String.class);
            if (unanswered == null) {
                return makeKey(exchange);
            }
            message.setHeader(RayConstants.KEY, unanswered);
            return unanswered;
        }
        if (given.length() > AdHocRequest.LONGEST_KEY) {
            throw rejected("", "A key of " + given.length() + " characters is too long.", "Use 1 to 500 characters.");
        }
        return given;
    }

    private static String makeKey(Exchange exchange) {
        String key = UUID.randomUUID().toString();
        exchange.getMessage().setHeader(RayConstants.KEY, key);
        exchange.setProperty(MADE_KEY, key);
        exchange.setProperty(RenderAnswer.UNANSWERED_KEY, key);
        return key;
    }

    private RenderId accepted(AdHocResult result, String key) {
        if (result instanceof AdHocResult.Rejected refused) {
            throw new RayRejectedException(key, operation.label(), refused.violations());
        }
        if (result instanceof AdHocResult.KeyTaken taken) {
            throw rejected(
                    key,
                    "The key stands for another request, render " + taken.render() + ".",
                    "Ask for the same again, or set another CamelRayKey.");
        }
        AdHocResult.Planned planned = (AdHocResult.Planned) result;
        planned.warnings()
                .forEach(warning -> LOG.warn(
                        "Render {}: {} {} {}", planned.render(), warning.rule(), warning.message(), warning.remedy()));
        return planned.render();
    }

    private RayRejectedException rejected(String key, String message, String remedy) {
        Place place = new Place(RayConstants.KEY, 0, 0);
        return new RayRejectedException(
                key, operation.label(), List.of(new Violation("key", Severity.ERROR, place, message, remedy, "")));
    }

    /** Lets whoever waits go at once when the message's route is stopped, so that stopping takes seconds. */
    private Optional<RouteLeaver> leaver(Exchange exchange) {
        String id = exchange.getFromRouteId();
        Route route = id == null ? null : exchange.getContext().getRoute(id);
        if (route == null) {
            return Optional.empty();
        }
        RouteLeaver leaver = leavers.computeIfAbsent(
                id,
                routeId -> new RouteLeaver(
                        routeId, stopped -> endpoint.adHocRequests().detach(waiter -> waiter.cameFrom(stopped))));
        leaver.join(route);
        return Optional.of(leaver);
    }
}
