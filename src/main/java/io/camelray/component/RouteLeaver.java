package io.camelray.component;

import java.util.function.Consumer;
import org.apache.camel.Route;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;

/**
 * A service of a route in which messages wait. Camel prepares a route's services for its shutdown, but not the producers
 * in it.
 */
final class RouteLeaver extends ServiceSupport implements ShutdownPrepared {

    private final String routeId;
    private final Consumer<String> leave;
    private volatile boolean leaving;

    /** @param leave told the route whose waiters are to be let go */
    RouteLeaver(String routeId, Consumer<String> leave) {
        this.routeId = routeId;
        this.leave = leave;
    }

    /** Makes sure that the route knows it; a route forgets its services when it is removed. */
    synchronized void join(Route route) {
        if (!route.getServices().contains(this)) {
            route.addService(this);
            leaving = false;
        }
    }

    boolean isLeaving() {
        return leaving;
    }

    @Override
    protected void doStart() {
        leaving = false;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        leaving = !suspendOnly;
        if (leaving) {
            leave.accept(routeId);
        }
    }
}
