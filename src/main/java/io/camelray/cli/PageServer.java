package io.camelray.cli;

import io.camelray.assets.MediaProbe;
import io.camelray.component.Planning;
import io.camelray.component.RayComponent;
import io.camelray.component.RaySettings;
import io.camelray.delivery.SheetAssets;
import io.camelray.intake.ManifestSource;
import io.camelray.intake.PlanPreview;
import io.camelray.ledger.OperatorException;
import io.camelray.web.PageParts;
import io.camelray.web.PageSettings;
import io.camelray.web.StatusPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the status page on a {@code platform-http} server of its own: the one for webhooks may be open to the world, and
 * this one must not be opened with it.
 */
final class PageServer {

    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final String SERVER_TYPE = "status-page";

    private final CamelContext camel;
    private final PageSettings settings;

    private PageServer(CamelContext camel, PageSettings settings) {
        this.camel = camel;
        this.settings = settings;
    }

    /** @return empty if there is to be none @throws OperatorException if the properties are wrong */
    static Optional<PageServer> of(CamelContext camel) {
        if (!Boolean.parseBoolean(property(camel, "enabled"))) {
            return Optional.empty();
        }
        return Optional.of(new PageServer(
                camel,
                PageSettings.of(
                        property(camel, "host"),
                        property(camel, "port"),
                        property(camel, "token"),
                        property(camel, "names"))));
    }

    private static String property(CamelContext camel, String name) {
        return camel.resolvePropertyPlaceholders("{{ray.page." + name + "}}");
    }

    /**
     * Begins to serve; the server stops with Camel. A port that is taken is no reason not to render.
     *
     * @return the page's address, empty if it cannot be served
     */
    Optional<String> start(RayComponent component, Path home) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(settings.host());
        configuration.setBindPort(settings.port());
        configuration.setServerType(SERVER_TYPE);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(configuration);
        try {
            requireFree();
            camel.addService(server, true, true);
        } catch (Exception e) {
            LOG.warn("There is no status page: {} cannot be served: {}", settings, Sentences.of(e));
            return Optional.empty();
        }
        VertxPlatformHttpRouter router =
                VertxPlatformHttpRouter.lookup(camel, VertxPlatformHttpRouter.getRouterNameFromPort(settings.port()));
        StatusPage.mount(server.getVertx(), router, settings, parts(component, home), Clock.systemUTC());
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return Optional.of("http://" + host + ":" + server.getServer().actualPort() + "/");
    }

    /** The server itself would only throw into the log. @throws IOException if the address cannot be had */
    private void requireFree() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
        }
    }

    private PageParts parts(RayComponent component, Path home) {
        RaySettings known = component.settings();
        boolean watched = Boolean.parseBoolean(camel.resolvePropertyPlaceholders("{{ray.intake.folder.enabled}}"));
        return new PageParts(
                component.ledger(),
                component.adoptionCheck()::require,
                home,
                AccountAccesses.of(known),
                manifest -> preview(known, manifest),
                (name, content) -> {
                    if (!watched) {
                        throw new OperatorException("The inbox is not watched (ray.intake.folder.enabled)");
                    }
                    return drop(Inbox.in(home), name, content);
                },
                SheetAssets.contentSecurityPolicy());
    }

    /** As {@code camel-ray plan} does it, without a network. */
    private static PlanPreview preview(RaySettings settings, ManifestSource manifest) {
        try (MediaProbe looks = MediaProbe.ofFiles(settings.assets(), Clock.systemUTC())) {
            return Planning.previewer(settings, looks).preview(manifest);
        }
    }

    private static synchronized String drop(Inbox inbox, String name, byte[] content) throws IOException {
        int dot = name.lastIndexOf('.');
        String free = name;
        for (int number = 2; Files.exists(inbox.folder().resolve(free)); number++) {
            free = name.substring(0, dot) + "-" + number + name.substring(dot);
        }
        inbox.drop(free, content);
        return free;
    }
}
