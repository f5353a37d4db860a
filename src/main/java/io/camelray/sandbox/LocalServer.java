package io.camelray.sandbox;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on 127.0.0.1 with so many daemon threads and no more. */
final class LocalServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
    private static final int THREADS = 32;
    private static final int WAITING = 1024;
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer server;
    private final ThreadPoolExecutor workers;

    /** Takes the port; serves nothing yet. @throws SandboxException if the port is taken; it names the port */
    LocalServer(String name, int port) {
        if (System.getProperty(NO_DELAY) == null) {
            // Else the JDK's server holds each small reply back for 40 ms. It reads this once, at its first use.
            System.setProperty(NO_DELAY, "true");
        }
        try {
            InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            server = HttpServer.create(new InetSocketAddress(local, port), 0);
        } catch (BindException e) {
            throw new SandboxException(
                    "port " + port + " is in use: choose another for the sandbox's " + name + " origin, or 0 for any",
                    e);
        } catch (IOException e) {
            throw new SandboxException("the sandbox's " + name + " origin cannot listen on port " + port, e);
        }
        AtomicInteger number = new AtomicInteger();
        workers = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "sandbox-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        server.setExecutor(workers);
    }

    void serve(HttpHandler handler) {
        server.createContext("/", exchange -> {
            try {
                handler.handle(exchange);
            } catch (RuntimeException e) {
                LOG.warn(
                        "The sandbox failed to answer {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                throw e;
            }
        });
        // The server's own thread is a daemon only if the thread that starts it is one.
        Thread starter = new Thread(server::start, "sandbox-start");
        starter.setDaemon(true);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while starting the sandbox", e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
