package io.camelray.web;

import io.camelray.web.PageAccess.Asked;
import io.camelray.web.PageAccess.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first to see a request: gives every answer its protective headers, and refuses what {@link PageAccess} refuses. */
final class PageGuard implements Handler<RoutingContext> {

    static final Logger LOG = LoggerFactory.getLogger(PageGuard.class);

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final int SHOWN = 200;

    private final PageAccess access;
    private final String cookie;

    /** @param cookie the name of the cookie that holds the session */
    PageGuard(PageAccess access, String cookie) {
        this.access = access;
        this.cookie = cookie;
    }

    @Override
    public void handle(RoutingContext context) {
        protect(context.response());
        Optional<Refusal> refusal = access.refuse(asked(context));
        if (refusal.isPresent()) {
            LOG.warn(
                    "A request to the status page was refused: {} {}",
                    refusal.get().status(),
                    describe(context));
            PageAnswers.refuse(context, refusal.get().status(), refusal.get().message());
        } else {
            context.next();
        }
    }

    private static void protect(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
    }

    Asked asked(RoutingContext context) {
        HttpServerRequest request = context.request();
        return new Asked(
                request.method().name(),
                request.path() == null ? "" : request.path(),
                header(request, "Host"),
                header(request, "Origin"),
                header(request, "Sec-Fetch-Site"),
                header(request, PageAccess.MARKER).isPresent(),
                header(request, "Authorization"),
                session(context));
    }

    Optional<String> session(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(cookie)).map(Cookie::getValue);
    }

    private static Optional<String> header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** Who asked for what, on one line; no query, no cookie, no token. */
    static String describe(RoutingContext context) {
        HttpServerRequest request = context.request();
        String text = request.method() + " " + request.path() + " for host " + request.getHeader("Host") + " from "
                + request.remoteAddress().hostAddress();
        return text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\p{Cntrl}", "?");
    }
}
