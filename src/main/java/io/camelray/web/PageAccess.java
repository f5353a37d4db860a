package io.camelray.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether a request to the status page may go on. A browser that was led here by another site is refused, whatever
 * name that site has given this machine; so is everybody who does not know the token, where there is one.
 */
final class PageAccess {

    /** A header that no form and no link can send, and that no other site may have a browser send. */
    static final String MARKER = "X-Camel-Ray";

    private static final Set<String> OPEN = Set.of("/", "/page.css", "/page.js", "/icon.svg", "/api/session");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Addresses, unlike names, cannot be made to lead here by somebody else's name server. */
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]", Pattern.CASE_INSENSITIVE);

    private final PageSettings settings;
    private final PageSessions sessions;

    PageAccess(PageSettings settings, PageSessions sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /**
     * What is looked at of a request.
     *
     * @param rawPath as it was sent, without the query
     * @param host with the port, if it says so
     * @param marked whether the header {@link #MARKER} is there
     */
    record Asked(
            String method,
            String rawPath,
            Optional<String> host,
            Optional<String> origin,
            Optional<String> fetchSite,
            boolean marked,
            Optional<String> authorization,
            Optional<String> session) {}

    /** @param status of the answer @param message for the one who asked */
    record Refusal(int status, String message) {}

    /** Empty if it may go on. */
    Optional<Refusal> refuse(Asked asked) {
        if (asked.host().filter(this::isOurs).isEmpty()) {
            return refusal(421, "This page is not served under that host name; see ray.page.names");
        }
        if (leavesItsFolder(asked.rawPath())) {
            return refusal(400, "The path is not plain");
        }
        if (!READING.contains(asked.method()) && isFromElsewhere(asked)) {
            return refusal(403, "The request comes from another site");
        }
        if (!OPEN.contains(asked.rawPath()) && !isKnown(asked)) {
            return refusal(401, "Sign in first, with the token of this page");
        }
        return Optional.empty();
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
        return LOCAL.contains(name)
                || name.equals(settings.host().toLowerCase(Locale.ROOT))
                || settings.names().contains(name)
                || settings.token().isPresent() && ADDRESS.matcher(name).matches();
    }

    private static boolean leavesItsFolder(String rawPath) {
        String path = rawPath.toLowerCase(Locale.ROOT);
        return Arrays.stream(path.split("/")).anyMatch(part -> part.equals("..") || part.equals("."))
                || path.contains("%2e")
                || path.contains("%2f")
                || path.contains("%5c")
                || path.contains("\\")
                || path.contains("%00")
                || path.contains("%25");
    }

    private static boolean isFromElsewhere(Asked asked) {
        String here = asked.host().orElse("");
        return !asked.marked()
                || asked.origin()
                        .filter(origin -> !origin.replaceFirst("^https?://", "").equalsIgnoreCase(here))
                        .isPresent()
                || asked.fetchSite().filter(site -> !site.equals("same-origin")).isPresent();
    }

    /** Whether the one who asks need not sign in, has done so, or sends the token along. */
    boolean isKnown(Asked asked) {
        return settings.token().isEmpty()
                || asked.session().filter(sessions::isOpen).isPresent()
                || asked.authorization()
                        .filter(sent -> sent.startsWith("Bearer "))
                        .filter(sent -> isToken(sent.substring("Bearer ".length())))
                        .isPresent();
    }

    boolean isToken(String text) {
        return settings.token()
                .filter(token -> MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    boolean needsToken() {
        return settings.token().isPresent();
    }

    private static Optional<Refusal> refusal(int status, String message) {
        return Optional.of(new Refusal(status, message));
    }
}
