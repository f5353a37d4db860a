package io.camelray.delivery;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.model.Destination;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps a destination that takes outputs and then says nothing from holding up the deliveries to all others, and the
 * downloads: while it stores nothing, one output at a time may try it. Thread-safe.
 */
public final class DestinationWatch {

    private final long silenceNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Place> places = new HashMap<>();

    /** @param silence how long a destination that is being sent outputs may store none of them */
    public DestinationWatch(Duration silence) {
        this(silence, System::nanoTime);
    }

    DestinationWatch(Duration silence, LongSupplier nanoTime) {
        this.silenceNanos = silence.toNanos();
        this.nanoTime = nanoTime;
    }

    /** An output on its way into a destination. */
    public static final class Visit {
        private final String place;
        private final long began;

        private Visit(String place, long began) {
            this.place = place;
            this.began = began;
        }
    }

    private static final class Place {
        private int visits;
        private long lastSign;
        private boolean silent;
    }

    /** @throws DeliveryRetryException if another output is waiting there for an answer, and there has been none for too long */
    public Visit enter(PendingOutput pending) throws DeliveryRetryException {
        return enter(pending.destination())
                .orElseThrow(() -> new DeliveryRetryException(
                        pending.render().id(),
                        DeliveryPace.after(pending.attempt()),
                        pending.destination() + " has stored nothing of what it was sent for "
                                + Duration.ofNanos(silenceNanos).toSeconds()
                                + " s; the output waits in the spool. Is the destination reachable?"));
    }

    synchronized Optional<Visit> enter(Destination destination) {
        String name = name(destination);
        long now = nanoTime.getAsLong();
        Place place = places.computeIfAbsent(name, unknown -> new Place());
        if (place.visits == 0) {
            place.lastSign = now;
        } else if (place.silent || now - place.lastSign > silenceNanos) {
            return Optional.empty();
        }
        place.visits++;
        return Optional.of(new Visit(name, now));
    }

    /** @param stored whether the destination has done what it was asked for */
    public synchronized void leave(Visit visit, boolean stored) {
        Place place = places.get(visit.place);
        long now = nanoTime.getAsLong();
        place.visits--;
        if (stored) {
            place.silent = false;
            place.lastSign = now;
        } else if (now - visit.began > silenceNanos) {
            place.silent = true;
        }
        if (place.visits == 0 && !place.silent) {
            places.remove(visit.place);
        }
    }

    /** One store, whatever is stored in it: a bucket, or a folder. */
    private static String name(Destination destination) {
        return destination instanceof Destination.Bucket bucket ? "s3://" + bucket.name() : destination.toString();
    }
}
