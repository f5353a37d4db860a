package io.camelray.assets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Judges a host by its name alone, for where a proxy looks up the address: what is an address must be a public one, and a
 * name must not be one that only means something in a network of one's own.
 */
final class PublicName {

    private static final List<String> INSIDE =
            List.of(".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".corp", ".test");

    private PublicName() {}

    /** @param host of a URL; an IPv6 address in brackets */
    static boolean isPlausible(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.+$", "");
        boolean isAddress = name.startsWith("[") || name.matches("[0-9.]+") || name.startsWith("0x");
        if (isAddress) {
            try {
                return AddressGuard.isPublic(InetAddress.getByName(name));
            } catch (UnknownHostException e) {
                return false;
            }
        }
        return name.contains(".") && INSIDE.stream().noneMatch(name::endsWith);
    }
}
