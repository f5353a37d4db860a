package io.camelray.observe;

import io.camelray.component.RayComponent;
import io.camelray.component.RayConstants;
import io.camelray.component.RayEndpoint;
import io.camelray.component.RayOperation;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.AttemptRecord;
import io.camelray.model.RenderId;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one trace of what otherwise is many: the plan of a revision, each submission, the provider's rendering, and each
 * delivery. No exchange lasts from one to the next, so each begins with the revision's own trace context, and Camel's
 * tracer goes on from there. Spans of ours name campaign, revision and render, and nothing else.
 */
final class RayTraces extends EventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(RayTraces.class);
    private static final String HEADER = "traceparent";

    private final CamelContext context;
    private final Tracer tracer;

    /** @param tracer the application's; null: the global one */
    RayTraces(CamelContext context, Tracer tracer) {
        this.context = context;
        this.tracer = tracer == null ? GlobalOpenTelemetry.get().getTracer("camel-ray") : tracer;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        try {
            if (event instanceof ExchangeCreatedEvent created) {
                begin(created.getExchange());
            } else if (event instanceof ExchangeSentEvent sent
                    && sent.getEndpoint() instanceof RayEndpoint endpoint
                    && endpoint.getConfiguration().getOperation() == RayOperation.plan) {
                planned(sent.getExchange(), sent.getTimeTaken());
            }
        } catch (RuntimeException e) {
            // A trace must never keep a render from its work.
            LOG.debug("A span is missing: {}", e.getMessage());
        }
    }

    /** Puts what comes out of the ledger into its revision's trace. */
    private void begin(Exchange exchange) {
        if (!(exchange.getFromEndpoint() instanceof RayEndpoint)) {
            return;
        }
        String id = exchange.getMessage().getHeader(RayConstants.RENDER_ID, String.class);
        if (id == null) {
            return;
        }
        component().ledger().render(RenderId.parse(id)).ifPresent(render -> {
            RevisionTrace trace = RevisionTrace.of(render.campaign(), render.revision(), render.manifestDigest());
            exchange.getMessage().setHeader(HEADER, trace.parent());
            if (exchange.getFromEndpoint() instanceof RayEndpoint from
                    && from.getConfiguration().getOperation() == RayOperation.rendered) {
                rendered(render, trace);
            }
        });
    }

    private void planned(Exchange exchange, long millis) {
        String campaign = exchange.getMessage().getHeader(RayConstants.CAMPAIGN, String.class);
        if (campaign == null
                || !"accepted".equals(exchange.getMessage().getHeader(RayConstants.OUTCOME, String.class))) {
            return;
        }
        Optional<CampaignStatus> status = component().ledger().campaign(campaign);
        if (status.isEmpty()) {
            return;
        }
        RevisionTrace trace =
                RevisionTrace.of(campaign, status.get().revision(), status.get().manifestDigest());
        Instant end = Instant.now();
        SpanBuilder builder = span("plan", trace)
                .setStartTimestamp(end.minusMillis(millis))
                .setAttribute("camelray.campaign", campaign)
                .setAttribute("camelray.revision", status.get().revision())
                .setAttribute("camelray.renders", status.get().total());
        Span here = Span.current();
        if (here.getSpanContext().isValid()) {
            builder.addLink(here.getSpanContext());
        }
        builder.startSpan().end(end);
    }

    /** What the provider did, seen from here: from its reply until the output was found. */
    private void rendered(RenderRecord render, RevisionTrace trace) {
        Optional<Instant> accepted = render.attempts().stream()
                .filter(attempt -> attempt.job().isPresent())
                .reduce((first, second) -> second)
                .flatMap(AttemptRecord::repliedAt);
        accepted.ifPresent(from -> span("render", trace)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(from)
                .setAttribute("camelray.campaign", render.campaign())
                .setAttribute("camelray.render", render.id().toString())
                .setAttribute("camelray.account", render.account())
                .setAttribute("camelray.operation", render.request().operation().label())
                .startSpan()
                .end(render.changedAt().isBefore(from) ? from : render.changedAt()));
    }

    private SpanBuilder span(String name, RevisionTrace trace) {
        SpanContext parent = SpanContext.createFromRemoteParent(
                trace.traceId(), trace.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
        return tracer.spanBuilder("camelray " + name).setParent(Context.root().with(Span.wrap(parent)));
    }

    private RayComponent component() {
        return context.getComponent("ray", RayComponent.class);
    }
}
