package io.camelray.component;

import io.camelray.ledger.Ledger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.StringHelper;

/**
 * Hands a digest over to {@code ray.notify.uri}. Such an address often is a secret as a whole, and what stands in a route
 * can be read in JMX and in traces: so this endpoint belongs to no route, and Camel's registry does not know it. Of the
 * nodes that share a ledger only the one that has the digest in hand sends it; what another one has sent or will send is
 * passed over. Any thread; one digest after the other.
 */
public final class DigestSender extends ServiceSupport implements Processor {

    private static final String URI = "{{ray.notify.uri}}";
    /** As {@link io.camelray.delivery.CampaignDigest} names them; what is named otherwise is sent as it is. */
    private static final Pattern FILE = Pattern.compile("(?<name>.+)\\.(?<stamp>[0-9]{1,18})\\.(?:json|txt)");
    /** As long as the route waits. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private Endpoint endpoint;
    private Producer producer;

    /** Whether there is somewhere to hand digests over to. */
    public boolean isWanted(Exchange exchange) {
        return !uri(exchange).isEmpty();
    }

    private static String uri(Exchange exchange) {
        return exchange.getContext().resolvePropertyPlaceholders(URI).strip();
    }

    /** @throws Exception if it cannot be handed over; never with the address in its message as far as it is ours */
    @Override
    public synchronized void process(Exchange exchange) throws Exception {
        Matcher file = FILE.matcher(exchange.getMessage().getHeader(Exchange.FILE_NAME, "", String.class));
        if (!file.matches()) {
            send(exchange);
            return;
        }
        Ledger ledger =
                exchange.getContext().getComponent("ray", RayComponent.class).ledger();
        String name = file.group("name");
        long stamp = Long.parseLong(file.group("stamp"));
        if (!ledger.holdsDigest(name, stamp, Digests.LEASE)) {
            return;
        }
        boolean sent = false;
        try {
            send(exchange);
            sent = exchange.getException() == null;
        } finally {
            if (!sent) {
                ledger.releaseDigest(name, stamp, PAUSE);
            }
        }
        if (sent) {
            ledger.settleDigest(name, stamp);
        }
    }

    private void send(Exchange exchange) throws Exception {
        if (producer == null) {
            open(exchange);
        }
        producer.process(exchange);
    }

    private void open(Exchange exchange) throws Exception {
        String uri = uri(exchange);
        String scheme = StringHelper.before(uri, ":", uri);
        Component component = exchange.getContext().getComponent(scheme);
        if (component == null) {
            throw new IllegalStateException(
                    "ray.notify.uri names the component '" + scheme + "', which is not there: put its jar into lib/");
        }
        Endpoint made = component.createEndpoint(uri);
        if (made == null) {
            throw new IllegalStateException("ray.notify.uri is no address that '" + scheme + "' takes");
        }
        made.setCamelContext(exchange.getContext());
        Producer sender = made.createProducer();
        ServiceHelper.startService(made, sender);
        exchange.getContext().addService(this, true, true);
        endpoint = made;
        producer = sender;
    }

    @Override
    protected synchronized void doStop() {
        ServiceHelper.stopAndShutdownServices(producer, endpoint);
        producer = null;
        endpoint = null;
    }
}
