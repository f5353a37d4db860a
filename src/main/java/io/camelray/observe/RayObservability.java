package io.camelray.observe;

import io.camelray.component.RayComponent;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.CamelTracingService;
import org.apache.camel.support.CamelContextHelper;

/**
 * Adds to what Camel shows of itself what the component knows: meters where there is a Micrometer registry, a health check
 * where there are health checks, traces where Camel traces. Put it into the registry; it finds the rest, and whatever is
 * not on the class path is left out.
 */
public final class RayObservability implements CamelContextCustomizer, StartupListener {

    private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";
    private static final String OPEN_TELEMETRY = "io.opentelemetry.api.trace.Tracer";

    @Override
    public void configure(CamelContext context) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        if (checks != null) {
            LedgerHealthCheck check = new LedgerHealthCheck();
            check.setCamelContext(context);
            checks.register(check);
        }
        try {
            context.addStartupListener(this);
        } catch (Exception e) {
            throw new IllegalStateException("Observability cannot be set up: " + e.getMessage(), e);
        }
    }

    @Override
    public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {
        if (context.hasService(CamelTracingService.class) != null && isThere(context, OPEN_TELEMETRY)) {
            Traces.begin(context);
        }
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        if (isThere(context, MICROMETER)) {
            Meters.bind(context);
        }
    }

    private static boolean isThere(CamelContext context, String type) {
        return context.getClassResolver().resolveClass(type) != null;
    }

    /** Loaded only where Micrometer is. */
    private static final class Meters {
        static void bind(CamelContext context) {
            RayComponent component = context.hasComponent("ray") instanceof RayComponent ray ? ray : null;
            MeterRegistry registry = CamelContextHelper.findSingleByType(context, MeterRegistry.class);
            if (component != null && registry != null) {
                new RayMeters(component).bindTo(registry);
            }
        }
    }

    /** Loaded only where OpenTelemetry is. */
    private static final class Traces {
        static void begin(CamelContext context) {
            Tracer tracer = CamelContextHelper.findSingleByType(context, Tracer.class);
            context.getManagementStrategy().addEventNotifier(new RayTraces(context, tracer));
        }
    }
}
