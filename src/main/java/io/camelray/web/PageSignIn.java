package io.camelray.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** Signing in and out: the token becomes a session, so that it is said once and stored nowhere. */
final class PageSignIn {

    private final PageAccess access;
    private final PageSessions sessions;
    private final PageGuard guard;
    private final String cookie;

    PageSignIn(PageAccess access, PageSessions sessions, PageGuard guard, String cookie) {
        this.access = access;
        this.sessions = sessions;
        this.guard = guard;
        this.cookie = cookie;
    }

    /** Whether this browser has to sign in. */
    void ask(RoutingContext context) {
        PageAnswers.send(
                context,
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("token", access.needsToken())
                        .put("open", access.isKnown(guard.asked(context))));
    }

    void in(RoutingContext context) throws JsonProcessingException {
        String token = new ObjectMapper()
                .readTree(context.body().buffer() == null ? "" : context.body().asString())
                .path("token")
                .asText();
        if (!access.isToken(token)) {
            PageGuard.LOG.warn("Somebody said a wrong token to the status page: {}", PageGuard.describe(context));
            PageAnswers.refuse(context, 401, "That is not the token");
            return;
        }
        Cookie session = Cookie.cookie(cookie, sessions.begin())
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(PageSessions.LIFE.toSeconds())
                .setSecure(String.valueOf(context.request().getHeader("Origin")).startsWith("https://"))
                .setPath("/");
        context.response().addCookie(session);
        PageAnswers.send(context, 200, JsonNodeFactory.instance.objectNode().put("open", true));
    }

    void out(RoutingContext context) {
        guard.session(context).ifPresent(sessions::end);
        context.response().addCookie(Cookie.cookie(cookie, "").setMaxAge(0).setPath("/"));
        PageAnswers.send(context, 200, JsonNodeFactory.instance.objectNode().put("open", false));
    }
}
