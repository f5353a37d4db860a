package io.camelray.component;

import io.camelray.assets.DropPrefix;
import io.camelray.assets.DropPrefix.Dropped;
import io.camelray.component.DropStaging.Staged;
import io.camelray.intake.IntakeFolder;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.Ledger.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over the manifests that are dropped below a prefix of a bucket, the first to have been written first, and files
 * them below {@code accepted/} and {@code rejected/}, as {@code ray:plan} says. It looks at what is there and believes no
 * event, so that none can be lost, come twice or out of order. An object that is replaced meanwhile is the next arrival.
 */
final class DroppedConsumer extends LedgerConsumer<Staged> implements PendingIntake {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedConsumer.class);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final int REMEMBERED = 20_000;

    private final RayEndpoint endpoint;
    private final Clock clock = Clock.systemUTC();
    private final Queue<Dropped> backlog = new ArrayDeque<>();
    private final Set<String> inRoute = ConcurrentHashMap.newKeySet();

    /** What is no intake, or goes again later, by key and entity tag. */
    private final Map<String, Instant> passed = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    });

    private DropPrefix inbox;
    private DropStaging staging;
    private DropFiling filing;
    private Instant nextLook = Instant.MIN;
    private boolean trouble;
    private volatile boolean drained;

    DroppedConsumer(RayEndpoint endpoint, Processor processor) {
        super(endpoint, processor, Change.FIRED);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        RayConfiguration configuration = endpoint.getConfiguration();
        String bucket = Optional.ofNullable(configuration.getBucket())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("ray:dropped needs the option bucket"));
        String base = base(configuration.getPrefix());
        Path home = works().settings().home();
        IntakeFolder manifests = endpoint.getCamelContext().getRegistry().findByType(InboxIntake.class).stream()
                .findFirst()
                .map(InboxIntake::manifests)
                .orElseGet(() -> new IntakeFolder(home.resolve("campaigns"), clock));
        inbox = new DropPrefix(endpoint.bucketClient(), bucket, base + "inbox/");
        staging = new DropStaging(inbox, manifests, home.resolve("spool").resolve("dropped"));
        filing = new DropFiling(inbox, home, base);
        super.doStart();
    }

    private static String base(String prefix) {
        String base = prefix == null ? "" : prefix.strip();
        return base.isEmpty() || base.endsWith("/") ? base : base + "/";
    }

    @Override
    List<Staged> claim(Ledger ledger, int limit) {
        List<Staged> claimed = new ArrayList<>();
        try {
            if (backlog.isEmpty() && !clock.instant().isBefore(nextLook)) {
                drained = false;
                nextLook = clock.instant().plus(patience());
                backlog.addAll(inbox.list());
            }
            while (claimed.size() < limit && !backlog.isEmpty()) {
                claim(backlog.remove()).ifPresent(claimed::add);
            }
            drained = backlog.isEmpty();
            if (trouble) {
                LOG.info("The intake bucket can be used again");
                trouble = false;
            }
        } catch (IOException e) {
            backlog.clear();
            // Nobody who waits for an end waits for a store that is down.
            drained = true;
            if (!trouble) {
                LOG.error("Nothing is taken from the intake bucket until it can be used again: {}", e.getMessage());
                trouble = true;
            }
        }
        return claimed;
    }

    private Optional<Staged> claim(Dropped object) throws IOException {
        if (passed.getOrDefault(version(object), Instant.MIN).isAfter(clock.instant()) || !inRoute.add(object.key())) {
            return Optional.empty();
        }
        Optional<Staged> staged = Optional.empty();
        try {
            staged = staging.stage(object);
            if (staged.isEmpty()) {
                // Data waits for those that name it; nothing about it changes before it is another object.
                passed.put(version(object), Instant.MAX);
            }
        } finally {
            if (staged.isEmpty()) {
                inRoute.remove(object.key());
            }
        }
        return staged;
    }

    private static String version(Dropped object) {
        return object.key() + '\n' + object.entityTag();
    }

    @Override
    void fill(Staged staged, Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.FILE_NAME_ONLY, staged.object().name());
        exchange.getMessage()
                .setHeader(Exchange.FILE_PARENT, staged.file().getParent().toString());
        exchange.getMessage().setBody(staged.file().toFile());
        staged.fault().ifPresent(why -> exchange.setProperty(InboxIntake.FAULT, why));
    }

    @Override
    void settle(Staged staged, Exchange exchange) {
        try {
            String filedAs = exchange.getMessage().getHeader(RayConstants.FILED_AS, String.class);
            if (exchange.getException() != null || filedAs == null) {
                throw new IOException(
                        exchange.getException() == null
                                ? "its route has no ray:plan"
                                : exchange.getException().getMessage(),
                        exchange.getException());
            }
            byte[] errors = exchange.getProperty(PlanProducer.ERRORS, byte[].class);
            filing.file(staged, Path.of(filedAs), Optional.ofNullable(errors));
        } catch (IOException e) {
            passed.put(version(staged.object()), clock.instant().plus(LATER));
            LOG.error(
                    "{} could not be planned and filed, which is tried again in {} s: {}",
                    staged.object().key(),
                    LATER.toSeconds(),
                    e.getMessage());
        } finally {
            inRoute.remove(staged.object().key());
            clear(staged);
        }
    }

    private void clear(Staged staged) {
        try {
            staging.clear(staged);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", staged.file().getParent(), e.getMessage());
        }
    }

    @Override
    public boolean isIdle() {
        return drained && inRoute.isEmpty();
    }
}
