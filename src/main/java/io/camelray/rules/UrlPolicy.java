package io.camelray.rules;

import java.util.Set;

/**
 * Which addresses a manifest may refer to.
 *
 * @param allowPrivate whether hosts of our own machine or network may be, over plain http too: for trials and tests
 * @param privateDomains domains that providers cannot reach although their names look public; subdomains included
 */
public record UrlPolicy(boolean allowPrivate, Set<String> privateDomains) {

    public static final UrlPolicy PUBLIC = new UrlPolicy(false, Set.of());
    public static final UrlPolicy PRIVATE_TOO = new UrlPolicy(true, Set.of());

    public UrlPolicy {
        privateDomains = Set.copyOf(privateDomains);
    }

    boolean isPrivateDomain(String host) {
        return privateDomains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }
}
