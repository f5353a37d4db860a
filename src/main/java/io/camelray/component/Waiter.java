package io.camelray.component;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** A message that waits for its render; no thread waits with it. It is answered exactly once. */
final class Waiter {

    private final String key;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final long deadline;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** @param deadline by {@link System#nanoTime()}; 0 if there is none */
    Waiter(String key, Exchange exchange, AsyncCallback callback, long deadline) {
        this.key = key;
        this.exchange = exchange;
        this.callback = callback;
        this.deadline = deadline;
    }

    String key() {
        return key;
    }

    /** Whether its message began in this route. */
    boolean cameFrom(String routeId) {
        return routeId.equals(exchange.getFromRouteId());
    }

    boolean isOver(long nanoTime) {
        return deadline != 0 && nanoTime - deadline >= 0;
    }

    /** Fills the exchange and lets its route go on, upon this thread. */
    void answer(Answer answer) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        try {
            answer.fill(exchange, key);
        } catch (RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(false);
    }

    /** Puts a result into an exchange, or throws what it ends with. */
    interface Answer {
        void fill(Exchange exchange, String key);
    }
}
