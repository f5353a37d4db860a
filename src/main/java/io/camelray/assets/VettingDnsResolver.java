package io.camelray.assets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host once and lets the connection use exactly the addresses that were checked, so that a name cannot
 * point elsewhere between check and use. One forbidden address among several refuses the host.
 */
final class VettingDnsResolver implements DnsResolver {

    private final DnsResolver resolver;
    private final Predicate<InetAddress> allowed;

    VettingDnsResolver(DnsResolver resolver, Predicate<InetAddress> allowed) {
        this.resolver = resolver;
        this.allowed = allowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException("The host " + host + " has no address");
        }
        for (InetAddress address : addresses) {
            if (!allowed.test(address)) {
                throw new ForbiddenAddressException("The host " + host + " leads to " + address.getHostAddress()
                        + ", which is not a public address");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
