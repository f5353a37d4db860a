package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelray.intake.ManifestSource;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status page and what it asks for: {@code GET /}, {@code /events} (server-sent), {@code /api/status},
 * {@code /api/campaigns/NAME}, {@code /reports/…}, {@code /outputs/…}; {@code POST /api/orders/VERB} with an {@link Order},
 * {@code /api/resolve} with a {@link Resolution}, {@code /api/preview} and {@code /api/accept} with a manifest, and
 * {@code /api/session} with the token. Every request passes {@link PageGuard} first. Whatever changes something does so
 * through the ledger's operator verbs or the inbox; of two people who decide the same at once one is told with a 409.
 */
public final class StatusPage {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);
    private static final long LONGEST_ORDER = 64 * 1024;
    private static final String FILE_POLICY =
            "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private final ObjectMapper json = new ObjectMapper();
    private final PageParts parts;
    private final PageAccess access;
    private final PageGuard guard;
    private final PageSignIn signIn;
    private final PageFeed feed;
    private final PageDocument document;
    private final PageManifests manifests;
    private final CampaignDetails details;

    private StatusPage(Vertx vertx, PageSettings settings, PageParts parts, Clock clock) {
        String cookie = "camel-ray-" + settings.port();
        PageSessions sessions = new PageSessions(clock);
        this.parts = parts;
        this.access = new PageAccess(settings, sessions);
        this.guard = new PageGuard(access, cookie);
        this.signIn = new PageSignIn(access, sessions, guard, cookie);
        this.document = new PageDocument(parts);
        this.feed = new PageFeed(vertx, document::now);
        this.manifests = new PageManifests(parts);
        this.details = new CampaignDetails(parts.ledger(), parts.accounts());
    }

    /** Has a router serve the page. @param router empty, and served by nothing else */
    public static void mount(Vertx vertx, Router router, PageSettings settings, PageParts parts, Clock clock) {
        new StatusPage(vertx, settings, parts, clock).mount(router);
    }

    private void mount(Router router) {
        router.route().handler(guard).failureHandler(PageAnswers::failed);
        // What no route takes passes no failure handler, and is to be logged all the same.
        router.errorHandler(404, PageAnswers::failed).errorHandler(405, PageAnswers::failed);
        resource(router, "/", "index.html", "text/html; charset=utf-8");
        resource(router, "/page.css", "page.css", "text/css; charset=utf-8");
        resource(router, "/page.js", "page.js", "text/javascript; charset=utf-8");
        resource(router, "/icon.svg", "icon.svg", "image/svg+xml");
        router.get("/events").handler(this::events);
        router.get("/api/status").handler(context -> PageAnswers.answer(context, document::now));
        router.get("/api/campaigns/:name")
                .handler(context -> PageAnswers.answer(context, () -> details.of(context.pathParam("name"))));
        router.get("/reports/*")
                .handler(new ServedFolder(
                        "/reports",
                        parts.home().resolve("reports"),
                        parts.reportPolicy() + "; frame-ancestors 'none'"));
        router.get("/outputs/*")
                .handler(new ServedFolder("/outputs", parts.home().resolve("outputs"), FILE_POLICY));

        BodyHandler order = BodyHandler.create(false).setBodyLimit(LONGEST_ORDER);
        router.get("/api/session").handler(signIn::ask);
        router.post("/api/session").handler(order).handler(context -> {
            try {
                signIn.in(context);
            } catch (IOException e) {
                PageAnswers.refuse(context, 400, "The request cannot be read");
            }
        });
        router.delete("/api/session").handler(signIn::out);
        for (Order.Verb verb : Order.Verb.values()) {
            router.post("/api/orders/" + verb.label())
                    .handler(order)
                    .handler(context ->
                            ordered(context, body -> Order.read(verb, body).apply(parts.ledger())));
        }
        router.post("/api/resolve")
                .handler(order)
                .handler(context -> ordered(context, body -> JsonNodeFactory.instance
                        .objectNode()
                        .put("message", Resolution.read(body).apply(parts.ledger(), parts.check()))));
        BodyHandler manifest = BodyHandler.create(false).setBodyLimit(ManifestSource.MAX_BYTES);
        router.post("/api/preview")
                .handler(manifest)
                .handler(context -> PageAnswers.answer(context, () -> manifests.preview(bytes(context))));
        router.post("/api/accept")
                .handler(manifest)
                .handler(context -> PageAnswers.answer(context, () -> {
                    JsonNode taken = manifests.accept(bytes(context));
                    LOG.info("From the status page: {}", taken.path("message").asText());
                    return taken;
                }));
    }

    private static void resource(Router router, String path, String name, String type) {
        Buffer content;
        try (InputStream in = StatusPage.class.getResourceAsStream("page/" + name)) {
            content = Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + name + " cannot be read", e);
        }
        router.get(path)
                .handler(context ->
                        context.response().putHeader("Content-Type", type).end(content));
    }

    private void events(RoutingContext context) {
        PageAccess.Asked asked = guard.asked(context);
        if (!feed.join(context.response(), () -> access.isKnown(asked))) {
            PageAnswers.refuse(context, 503, "Too many look at this page already");
        }
    }

    /** Something that a person wants done, as a document. */
    private interface Wish {
        JsonNode fulfil(JsonNode body) throws IOException;
    }

    private void ordered(RoutingContext context, Wish wish) {
        if (!String.valueOf(context.request().getHeader("Content-Type")).startsWith("application/json")) {
            context.fail(415);
            return;
        }
        PageAnswers.answer(context, () -> {
            JsonNode done = wish.fulfil(json.readTree(bytes(context)));
            feed.hurry();
            LOG.info("From the status page: {}", done.path("message").asText());
            return done;
        });
    }

    private static byte[] bytes(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }
}
