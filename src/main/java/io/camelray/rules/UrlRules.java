package io.camelray.rules;

import io.camelray.model.MediaRef;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses that a provider can fetch from, and long enough. No message repeats an address: it may be signed. */
final class UrlRules implements RuleFamily {

    /** What a presigned address must still be good for. */
    static final Duration MARGIN = Duration.ofMinutes(30);

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R98",
                        Stage.REFERENCES,
                        Rule.ALL,
                        "source",
                        "A media address is https and leads to a host that anybody can reach.",
                        "Use an https address on a public host, a file beside the manifest, or an s3:// object.",
                        check(UrlRules::reachable)),
                Rule.error(
                        "R99",
                        Stage.REFERENCES,
                        Rule.ALL,
                        "source",
                        "A media address is absolute, and not on a domain that only we can reach.",
                        "Use a whole https address on a public host, a file beside the manifest, or an s3:// object.",
                        check(UrlRules::absolute)),
                Rule.error(
                        "R100",
                        Stage.REFERENCES,
                        Rule.ALL,
                        "source",
                        "A presigned address is still good for 30 minutes.",
                        "Sign it anew, for an hour or more, or refer to the s3:// object itself.",
                        check(UrlRules::lasting)));
    }

    /** Looks at one address. */
    private interface AddressCheck {
        Optional<Verdict> check(String field, String url, RuleContext context);
    }

    private static Rule.RequestCheck check(AddressCheck check) {
        return (request, context) -> addresses(request)
                .flatMap(slot -> check.check(slot.field(), ((MediaRef.Web) slot.ref()).url(), context).stream())
                .toList();
    }

    private static Stream<MediaSlot> addresses(RenderRequest request) {
        return MediaSlot.of(request).stream().filter(slot -> slot.ref() instanceof MediaRef.Web);
    }

    private static Optional<Verdict> reachable(String field, String url, RuleContext context) {
        if (isRelative(url)) {
            return Optional.empty();
        }
        Optional<WebAddress> address = WebAddress.parse(url);
        if (address.isEmpty()) {
            return error(field, "The address is malformed.");
        }
        if (address.get().credentials()) {
            return error(field, "The address carries a user name or password, which would be stored and sent on.");
        }
        boolean isPrivate = address.get().isPrivate();
        if (isPrivate && !context.urls().allowPrivate()) {
            return error(
                    field,
                    "The host '" + address.get().host()
                            + "' is one of our own machine or network, which no provider can reach.");
        }
        boolean plainAllowed = isPrivate && address.get().scheme().equals("http");
        return address.get().scheme().equals("https") || plainAllowed
                ? Optional.empty()
                : error(field, "The scheme '" + address.get().scheme() + "' is not https.");
    }

    private static Optional<Verdict> absolute(String field, String url, RuleContext context) {
        if (isRelative(url)) {
            return error(field, "The address is relative: a provider would not know to what.");
        }
        return WebAddress.parse(url)
                .map(WebAddress::host)
                .filter(context.urls()::isPrivateDomain)
                .flatMap(host -> error(field, "The host '" + host + "' is on a domain that no provider can reach."));
    }

    private static Optional<Verdict> lasting(String field, String url, RuleContext context) {
        Optional<Instant> expiry = WebAddress.parse(url).flatMap(WebAddress::expiry);
        if (expiry.isEmpty()) {
            return Optional.empty();
        }
        Duration left = Duration.between(context.clock().instant(), expiry.get());
        if (left.isNegative() || left.isZero()) {
            return error(
                    field,
                    "The presigned address expired at " + expiry.get()
                            + "; a provider may ignore it silently, and charge.");
        }
        return left.compareTo(MARGIN) >= 0
                ? Optional.empty()
                : Optional.of(Verdict.of(
                        Severity.WARNING,
                        field,
                        "The presigned address expires at " + expiry.get() + ", in less than " + MARGIN.toMinutes()
                                + " minutes, perhaps before the provider fetches it."));
    }

    private static boolean isRelative(String url) {
        return !url.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");
    }

    private static Optional<Verdict> error(String field, String message) {
        return Optional.of(Verdict.of(Severity.ERROR, field, message));
    }
}
