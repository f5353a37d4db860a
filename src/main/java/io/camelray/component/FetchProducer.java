package io.camelray.component;

import io.camelray.engine.Engine;
import io.camelray.intake.AdHocRequest;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Place;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.provider.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/** Answers where a render stands, with fresh URLs where the provider can mint them. No URL is ever logged here. */
final class FetchProducer extends DefaultAsyncProducer {

    private static final Pattern RENDER_ID = Pattern.compile("R[0-9]{1,18}");

    private final RayEndpoint endpoint;

    FetchProducer(RayEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            RenderRecord render = find(exchange.getMessage());
            ask(render).handle((status, failure) -> {
                endpoint.adHocRequests().goOn(() -> {
                    answer(exchange, render.id(), Optional.ofNullable(status));
                    callback.done(false);
                });
                return null;
            });
            return false;
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    /** By the header with the render's id, else the one with its key, else by the body, which may be either. */
    private RenderRecord find(Message message) {
        String id = message.getHeader(RayConstants.RENDER_ID, String.class);
        String key = message.getHeader(RayConstants.KEY, String.class);
        String body = message.getBody(String.class);
        if (id != null) {
            return byId(id, RayConstants.RENDER_ID);
        }
        if (key != null) {
            return byKey(key, RayConstants.KEY);
        }
        if (body == null || body.isBlank()) {
            throw rejected("", "body", "Nothing says which render is meant.");
        }
        return RENDER_ID.matcher(body.strip()).matches() ? byId(body.strip(), "body") : byKey(body.strip(), "body");
    }

    private RenderRecord byId(String id, String place) {
        Optional<RenderRecord> found =
                RENDER_ID.matcher(id).matches() ? ledger().render(RenderId.parse(id)) : Optional.empty();
        return found.orElseThrow(() -> rejected("", place, "There is no render of that id."));
    }

    private RenderRecord byKey(String key, String place) {
        List<RenderRecord> renders = new ArrayList<>();
        ledger().renders(AdHocRequest.campaign(key), renders::add);
        return renders.stream()
                .findFirst()
                .orElseThrow(() -> rejected(key, place, "Nothing was asked for with that key."));
    }

    private static RayRejectedException rejected(String key, String place, String message) {
        return new RayRejectedException(
                key,
                "fetch",
                List.of(new Violation(
                        "render",
                        Severity.ERROR,
                        new Place(place, 0, 0),
                        message,
                        "Name a render such as R17, or the CamelRayKey of a request.",
                        "")));
    }

    private Ledger ledger() {
        return endpoint.works().ledger();
    }

    /** Fails where the provider cannot be asked; that is no reason to say nothing. */
    private CompletableFuture<JobStatus> ask(RenderRecord render) {
        Engine engine = endpoint.works().engine();
        try {
            if (render.job().isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            return render.state() == RenderState.RENDERED
                    ? engine.mintUrls(render)
                    : engine.ask(render.account(), render.job().get());
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answer(Exchange exchange, RenderId id, Optional<JobStatus> status) {
        try {
            RenderRecord now = ledger().render(id)
                    .orElseThrow(() -> new IllegalStateException("The ledger has lost render " + id));
            exchange.getMessage().setBody(new StatusAnswer(now, ledger().chainId(id), status).body());
            exchange.getMessage().setHeader(RayConstants.RENDER_ID, id.toString());
        } catch (RuntimeException e) {
            exchange.setException(e);
        }
    }
}
