package io.camelray.engine;

import io.camelray.ledger.AccountLimits;
import io.camelray.ledger.SubmissionLedger.AccountRegistration;
import io.camelray.provider.Provider;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One API client at one provider.
 *
 * @param baseUrl no trailing slash; {@code https}, or {@code http} on loopback
 * @param key asked anew for each request, so that a rotated key is used at once; empty when there is none
 */
public record Account(
        String name, Provider provider, URI baseUrl, Supplier<Optional<String>> key, AccountLimits limits) {

    public Account {
        String scheme = baseUrl.getScheme();
        boolean loopback = baseUrl.getHost() != null
                && (baseUrl.getHost().equals("127.0.0.1")
                        || baseUrl.getHost().equals("localhost")
                        || baseUrl.getHost().equals("[::1]"));
        if (!"https".equals(scheme) && !("http".equals(scheme) && loopback)) {
            throw new IllegalArgumentException("The base URL of account '" + name + "' must be https, not '" + baseUrl
                    + "' (plain http only on loopback)");
        }
    }

    /** As the ledger knows it. */
    public AccountRegistration registration() {
        return new AccountRegistration(name, provider.name(), baseUrl.toString(), limits);
    }

    /** The key shows up in no text. */
    @Override
    public String toString() {
        return name + " at " + baseUrl;
    }
}
