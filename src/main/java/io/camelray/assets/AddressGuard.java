package io.camelray.assets;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells public addresses from those of our own machine, network or cloud. */
final class AddressGuard {

    private AddressGuard() {}

    /** Whether the address can be reached by anybody on the internet; everything special-purpose is not. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublicV4(bytes, 0);
        }
        return address instanceof Inet6Address && isPublicV6(bytes);
    }

    /**
     * Whether the address may be of a store in one's own network. Link-local ones are not: there are the metadata services
     * of clouds, which hand out credentials.
     */
    static boolean mayBePrivateStore(InetAddress address) {
        return isPublic(address)
                || !address.isAnyLocalAddress()
                        && !address.isLinkLocalAddress()
                        && !address.isMulticastAddress()
                        && !isMetadata(address);
    }

    /** AWS's over IPv6, {@code fd00:ec2::/32}. */
    private static boolean isMetadata(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16
                && (bytes[0] & 0xFF) == 0xFD
                && bytes[1] == 0
                && bytes[2] == 0x0E
                && (bytes[3] & 0xFF) == 0xC2;
    }

    private static boolean isPublicV4(byte[] bytes, int from) {
        int a = bytes[from] & 0xFF;
        int b = bytes[from + 1] & 0xFF;
        int c = bytes[from + 2] & 0xFF;
        boolean special = a == 0
                || a == 10
                || a == 127
                || a == 100 && b >= 64 && b < 128 // carrier-grade NAT
                || a == 169 && b == 254 // link-local, cloud metadata
                || a == 172 && b >= 16 && b < 32
                || a == 192 && b == 168
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 192 && b == 88 && c == 99 // 6to4 relays
                || a == 198 && (b == 18 || b == 19) // benchmarks
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113
                || a >= 224;
        return !special;
    }

    /** Only global unicast (2000::/3); the prefixes that wrap an IPv4 address are judged by, or refused for, what they wrap. */
    private static boolean isPublicV6(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        int second = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        if (first == 0x0064 && second == 0xFF9B && isZero(bytes, 4, 12)) { // NAT64
            return isPublicV4(bytes, 12);
        }
        if ((first & 0xE000) != 0x2000) { // ULA, link-local, mapped, compatible, multicast, unspecified
            return false;
        }
        if (first == 0x2002) { // 6to4
            return isPublicV4(bytes, 2);
        }
        boolean teredoOrDocumentation =
                first == 0x2001 && (second == 0 || second == 0x0DB8 || (second & 0xFFF0) == 0x20);
        return !teredoOrDocumentation;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
