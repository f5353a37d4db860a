package io.camelray.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the document to everybody who looks, as server-sent events, whenever it has changed. The ledger is asked at most
 * once a second however many look, not at all when nobody does, and more rarely where asking takes long. No thread waits.
 */
final class PageFeed {

    private static final Logger LOG = LoggerFactory.getLogger(PageFeed.class);
    private static final long TICK_MILLIS = 1000;

    /** How much longer than one reading the pause after it is, within bounds. */
    private static final long EASE = 5;

    private static final long LONGEST_PAUSE_MILLIS = 5000;

    /** After so many ticks without news a comment tells proxies that the connection lives. */
    private static final int QUIET_TICKS = 15;

    private static final int VIEWERS_AT_MOST = 64;

    private final Vertx vertx;
    private final Supplier<ObjectNode> document;
    private final List<Viewer> viewers = new ArrayList<>();
    private String last = "";
    private int quiet;
    private boolean ticking;
    private long timer;

    /** @param document asked on a worker thread */
    PageFeed(Vertx vertx, Supplier<ObjectNode> document) {
        this.vertx = vertx;
        this.document = document;
    }

    private static final class Viewer {
        private final HttpServerResponse response;
        private final BooleanSupplier allowed;
        private String seen = "";

        private Viewer(HttpServerResponse response, BooleanSupplier allowed) {
            this.response = response;
            this.allowed = allowed;
        }
    }

    /** Lets somebody look on, as long as {@code allowed}. @return false if there are too many already */
    synchronized boolean join(HttpServerResponse response, BooleanSupplier allowed) {
        if (viewers.size() >= VIEWERS_AT_MOST) {
            return false;
        }
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").write("retry: 2000\n\n");
        Viewer viewer = new Viewer(response, allowed);
        viewers.add(viewer);
        response.closeHandler(closed -> leave(viewer));
        if (!ticking) {
            ticking = true;
            timer = vertx.setTimer(1, now -> look());
        } else if (!last.isEmpty()) {
            send(viewer);
        }
        return true;
    }

    private synchronized void leave(Viewer viewer) {
        viewers.remove(viewer);
    }

    private synchronized boolean isWatched() {
        ticking = !viewers.isEmpty();
        return ticking;
    }

    private void look() {
        if (!isWatched()) {
            return;
        }
        long began = System.nanoTime();
        vertx.executeBlocking(() -> document.get().toString(), false).onComplete(read -> {
            if (read.succeeded()) {
                spread(read.result());
            } else {
                LOG.debug("The status cannot be read now: {}", read.cause().getMessage());
            }
            long took = (System.nanoTime() - began) / 1_000_000;
            lookAgainIn(Math.min(LONGEST_PAUSE_MILLIS, Math.max(TICK_MILLIS, EASE * took)));
        });
    }

    private synchronized void lookAgainIn(long millis) {
        timer = vertx.setTimer(millis, now -> look());
    }

    /** Somebody has changed something: what came of it is shown at once. */
    synchronized void hurry() {
        if (ticking && vertx.cancelTimer(timer)) {
            timer = vertx.setTimer(1, now -> look());
        }
    }

    private synchronized void spread(String news) {
        boolean comment = ++quiet >= QUIET_TICKS;
        quiet = comment ? 0 : quiet;
        last = news;
        for (Viewer viewer : List.copyOf(viewers)) {
            if (!viewer.allowed.getAsBoolean()) {
                viewers.remove(viewer);
                viewer.response.end();
            } else if (!viewer.seen.equals(last)) {
                send(viewer);
            } else if (comment) {
                viewer.response.write(":\n\n");
            }
        }
    }

    /** One who reads slowly gets the next document instead. */
    private void send(Viewer viewer) {
        if (!viewer.response.writeQueueFull()) {
            viewer.seen = last;
            viewer.response.write("event: status\ndata: " + last + "\n\n");
        }
    }
}
