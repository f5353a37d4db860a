package io.camelray.component;

import io.camelray.engine.Engine;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Lets waiters go and posts nothing more as soon as Camel begins to stop, before it waits for what is in flight. */
final class LeaveAtStop extends EventNotifierSupport {

    private final AdHocRequests requests;
    private final Engine engine;

    LeaveAtStop(AdHocRequests requests, Engine engine) {
        this.requests = requests;
        this.engine = engine;
        setIgnoreExchangeEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.CamelContextStoppingEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        engine.stopSubmitting();
        requests.leave();
    }
}
