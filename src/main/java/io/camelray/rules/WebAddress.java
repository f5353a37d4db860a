package io.camelray.rules;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute address on the web, taken apart without asking anybody.
 *
 * @param credentials whether it carries a user's name or password
 * @param host in small letters, without a trailing dot; an IPv6 literal without its brackets
 * @param query decoded, names in small letters
 */
record WebAddress(String scheme, boolean credentials, String host, String path, Map<String, String> query) {

    private static final Pattern ABSOLUTE = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.-]*)://([^/?#@\\s]*@)?(\\[[0-9A-Fa-f:.]+]|[^/?#:@\\s\\[\\]]+)(?::\\d{0,5})?"
                    + "(/[^?#\\s]*)?(?:\\?([^#\\s]*))?(?:#\\S*)?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern NUMERIC = Pattern.compile("(0x[0-9a-f]*|\\d+)(\\.(0x[0-9a-f]*|\\d+))*");
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** Empty when the text is not an absolute address with a host. */
    static Optional<WebAddress> parse(String url) {
        Matcher matcher = ABSOLUTE.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        // As resolvers read it: １２７.０.０.１ and ①②⑦。⓪。⓪。① are addresses too.
        String host = Normalizer.normalize(matcher.group(3), Normalizer.Form.NFKC)
                .replace('。', '.')
                .toLowerCase(Locale.ROOT);
        host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host.replaceFirst("\\.$", "");
        String path = matcher.group(4) == null ? "" : matcher.group(4);
        return Optional.of(new WebAddress(
                matcher.group(1).toLowerCase(Locale.ROOT),
                matcher.group(2) != null,
                host,
                path,
                query(matcher.group(5))));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.putIfAbsent(
                        decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT), decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Whether the name, or the address it spells out, is one of our own machine or network. */
    boolean isPrivate() {
        if (host.equals("localhost")
                || host.endsWith(".localhost")
                || host.endsWith(".local")
                || host.endsWith(".internal")
                || !host.contains(".") && !host.contains(":")) {
            return true;
        }
        if (IPV4.matcher(host).matches() || host.contains(":")) {
            return isPrivateLiteral();
        }
        return NUMERIC.matcher(host).matches(); // 127.1, 0x7f000001: only ever used to hide an address
    }

    private boolean isPrivateLiteral() {
        try {
            InetAddress address = InetAddress.getByName(host.contains(":") ? "[" + host + "]" : host);
            byte[] bytes = address.getAddress();
            int first = bytes[0] & 0xFF;
            int second = bytes[1] & 0xFF;
            boolean special = address instanceof Inet4Address
                    ? first == 0 || first >= 240 || first == 100 && (second & 0xC0) == 64
                    : (first & 0xE0) != 0x20 || isTunnel(bytes);
            return special
                    || address.isLoopbackAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /** 6to4 and Teredo, which lead to an IPv4 address within. */
    private static boolean isTunnel(byte[] bytes) {
        return bytes[0] == 0x20 && (bytes[1] == 0x02 || bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0);
    }

    /** When a presigned address stops working; empty when it is not presigned, or does not say. */
    Optional<Instant> expiry() {
        try {
            return signedFor("x-amz-date", "x-amz-expires")
                    .or(() -> signedFor("x-goog-date", "x-goog-expires"))
                    .or(() -> value("expires").map(text -> Instant.ofEpochSecond(Long.parseLong(text))))
                    .or(() -> query.containsKey("sig")
                            ? value("se").map(text -> OffsetDateTime.parse(text).toInstant())
                            : Optional.empty());
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Optional<Instant> signedFor(String date, String seconds) {
        return value(date).flatMap(at -> value(seconds)
                .map(lasting ->
                        LocalDateTime.parse(at, BASIC).toInstant(ZoneOffset.UTC).plusSeconds(Long.parseLong(lasting))));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
