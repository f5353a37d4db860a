package io.camelray.web;

import io.camelray.ledger.OperatorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the status page is served, and to whom.
 *
 * @param host the address that it is bound to
 * @param port 0: any free one
 * @param token what a person has to know; always there unless only this machine can reach the page
 * @param names further host names under which browsers may ask for it, such as a proxy's
 */
public record PageSettings(String host, int port, Optional<String> token, Set<String> names) {

    /** Shorter secrets can be guessed. */
    static final int SHORTEST_TOKEN = 16;

    /**
     * Reads the properties {@code ray.page.*}.
     *
     * @param names separated by commas
     * @throws OperatorException naming the property and what it accepts
     */
    public static PageSettings of(String host, String port, String token, String names) {
        Optional<String> secret = Optional.of(token.strip()).filter(text -> !text.isEmpty());
        if (secret.isPresent() && secret.get().length() < SHORTEST_TOKEN) {
            throw new OperatorException("ray.page.token is too short: use at least " + SHORTEST_TOKEN + " characters");
        }
        if (secret.isEmpty() && !isLoopback(host.strip())) {
            throw new OperatorException("ray.page.host is " + host.strip()
                    + ", which others can reach: set ray.page.token, best from the environment (RAY_PAGE_TOKEN), or"
                    + " leave the host at 127.0.0.1");
        }
        return new PageSettings(host.strip(), port(port.strip()), secret, names(names));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Answered like a number that is no port.
        }
        throw new OperatorException("ray.page.port is '" + text + "'; it must be a port, or 0 for any free one");
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new OperatorException("ray.page.host is '" + host + "', which is no address of this machine");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
