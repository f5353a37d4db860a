package io.camelray.assets;

import java.net.URI;
import java.net.URISyntaxException;

/** How a presigned URL is shown: scheme, host and path, never its query, fragment or user. */
public final class RedactedUrl {

    private static final int LONGEST = 200;

    private RedactedUrl() {}

    public static String of(String url) {
        try {
            return of(new URI(url));
        } catch (URISyntaxException e) {
            return "(not a URL)";
        }
    }

    static String of(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String host = url.getHost() == null ? "" : url.getHost();
        String text = url.getScheme() + "://" + host + port + path;
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
