package io.camelray.component;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.ProviderName;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, once for each URL, that an output is not in the spool yet and that its URL is about to die. What is in the spool is
 * safe, whatever becomes of its URL. Thread-safe.
 */
final class ExpiryAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryAlarm.class);
    private static final int REMEMBERED = 10_000;

    private final Duration margin;
    private final Clock clock;
    private final Set<String> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    ExpiryAlarm(Duration margin, Clock clock) {
        this.margin = margin;
        this.clock = clock;
    }

    /** @return whether the alarm is due, told before or not */
    boolean check(PendingOutput pending) {
        Duration left = Duration.between(clock.instant(), pending.expiresAt());
        if (pending.url().isEmpty() || pending.secured().isPresent() || left.compareTo(margin) > 0) {
            return false;
        }
        if (told.add(pending.outputId() + "@" + pending.expiresAt())) {
            LOG.error(
                    "The URL of output {} of render {} of {} {}, and the output is not in the spool yet; {}",
                    pending.kind().label(),
                    pending.render().id(),
                    pending.render().campaign(),
                    left.isNegative() ? "has died" : "dies in " + left.toSeconds() + " s",
                    pending.render().provider() == ProviderName.REPLICATE
                            ? "Replicate makes no other: it is lost then"
                            : "a fresh one is asked for then");
        }
        return true;
    }
}
