package io.camelray.observe;

import io.camelray.component.RayComponent;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready is a program whose ledger answers: without it nothing is submitted, and no page tells the truth. A paused account
 * or a campaign that waits for a person is no reason to take a node out of service.
 */
final class LedgerHealthCheck extends AbstractHealthCheck {

    LedgerHealthCheck() {
        super("camel-ray", "ledger");
    }

    /** A ledger that is away comes back by itself: no reason to kill the program. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        CamelContext context = getCamelContext();
        if (!(context.hasComponent("ray") instanceof RayComponent component) || !component.isStarted()) {
            builder.message("The ray component has not started").down();
            return;
        }
        try {
            component.ledger().accounts();
            builder.up();
        } catch (RuntimeException e) {
            builder.message("The ledger does not answer").down();
        }
    }
}
