package io.camelray.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What this program has leased from one queue and not given back. The ledger may say more: when the reply to a claim's commit
 * is lost, it has leased for this life what nobody works on, and the heartbeat would keep it so for as long as the program
 * lives. Thread-safe.
 *
 * @param <K> names one piece of work
 */
final class InHand<K> {

    /** How often in a row nothing must stray before that is believed: what is committed may be seen a little later. */
    private static final int LOOKS = 3;

    private final Map<K, Long> grips = new ConcurrentHashMap<>();
    private final AtomicLong lastGrip = new AtomicLong();
    private final AtomicInteger looksLeft = new AtomicInteger();
    private final Lock claiming = new ReentrantLock();

    /** One hold on one piece of work. */
    final class Grip {

        private final K key;
        private final Long number;

        private Grip(K key, Long number) {
            this.key = key;
            this.number = number;
        }

        /** Once it is committed that the lease is over. A later hold on the same piece stays. */
        void letGo() {
            if (number != null) {
                grips.remove(key, number);
            }
        }
    }

    /** @param claim commits the leases @param keys of one piece of work */
    <W> List<W> claim(Supplier<List<W>> claim, Function<W, Collection<K>> keys) {
        claiming.lock();
        try {
            List<W> claimed = claim.get();
            for (W work : claimed) {
                keys.apply(work).forEach(key -> grips.put(key, lastGrip.incrementAndGet()));
            }
            return claimed;
        } catch (RuntimeException e) {
            looksLeft.set(LOOKS);
            throw e;
        } finally {
            claiming.unlock();
        }
    }

    /** The hold of this moment, if there is one. */
    Grip grip(K key) {
        return new Grip(key, grips.get(key));
    }

    /** Lets go of what may still be leased: should nobody end that lease, it is found to stray. */
    void abandon(K key) {
        grips.remove(key);
        looksLeft.set(LOOKS);
    }

    /**
     * What is leased and not in hand, if there may be such a thing; nothing while something is being claimed, because a claim
     * that is committed would look like that for a moment. Never waits.
     *
     * @param leased reads what the ledger has leased for this life
     */
    Collection<K> strays(Supplier<Set<K>> leased) {
        if (looksLeft.get() == 0 || !claiming.tryLock()) {
            return List.of();
        }
        try {
            List<K> strays =
                    leased.get().stream().filter(key -> !grips.containsKey(key)).toList();
            if (strays.isEmpty()) {
                looksLeft.decrementAndGet();
            }
            return strays;
        } finally {
            claiming.unlock();
        }
    }
}
