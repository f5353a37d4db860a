package io.camelray.assets;

import io.camelray.assets.DownloadResult.Forbidden;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Decides whether a URL, or the next hop of a redirect, may be asked at all. */
final class UrlGuard {

    static final String REMEDY =
            "If the store really is inside your own network, set ray.download.allow-private=true; else report the URL's host"
                    + " to the provider.";

    private final boolean allowPrivate;

    UrlGuard(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    static Optional<URI> parse(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty(); // its message quotes the URL
        }
    }

    Optional<Forbidden> refusal(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && allowPrivate)) {
            return refuse(url, "does not use https");
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            return refuse(url, "names no host");
        }
        if (url.getRawUserInfo() != null) {
            return refuse(url, "carries a user name");
        }
        return Optional.empty();
    }

    /** A redirect that leads to another host over plain http, even where plain http is allowed: nobody vouches for it. */
    Optional<Forbidden> detour(URI from, URI to) {
        return "http".equalsIgnoreCase(to.getScheme())
                        && !String.valueOf(from.getHost()).equalsIgnoreCase(to.getHost())
                ? refuse(to, "is where a redirect leads, to another host without https")
                : Optional.empty();
    }

    private static Optional<Forbidden> refuse(URI url, String why) {
        return Optional.of(new Forbidden("The URL " + RedactedUrl.of(url) + " " + why, REMEDY));
    }
}
