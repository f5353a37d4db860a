package io.camelray.component;

import io.camelray.model.RenderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who waits for which render. Thread-safe. */
final class Waiters {

    private final Map<RenderId, List<Waiter>> waiting = new HashMap<>();

    /** One that waits for no longer. */
    record Leaving(RenderId render, Waiter waiter) {}

    synchronized void add(RenderId render, Waiter waiter) {
        waiting.computeIfAbsent(render, id -> new ArrayList<>()).add(waiter);
    }

    synchronized List<Waiter> takeAll(RenderId render) {
        List<Waiter> all = waiting.remove(render);
        return all == null ? List.of() : all;
    }

    synchronized List<Leaving> take(Predicate<Waiter> which) {
        List<Leaving> taken = new ArrayList<>();
        Iterator<Map.Entry<RenderId, List<Waiter>>> renders = waiting.entrySet().iterator();
        while (renders.hasNext()) {
            Map.Entry<RenderId, List<Waiter>> render = renders.next();
            render.getValue().removeIf(waiter -> {
                boolean leaves = which.test(waiter);
                if (leaves) {
                    taken.add(new Leaving(render.getKey(), waiter));
                }
                return leaves;
            });
            if (render.getValue().isEmpty()) {
                renders.remove();
            }
        }
        return taken;
    }
}
