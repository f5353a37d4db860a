package io.camelray.component;

import io.camelray.engine.Account;
import io.camelray.ledger.AccountLimits;
import io.camelray.model.ProviderName;
import io.camelray.provider.Provider;
import io.camelray.provider.Providers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the accounts from the options: one for each provider, named like it, where there is a key. */
final class RayAccounts {

    private final RayComponentOptions options;
    private final Providers providers;

    RayAccounts(RayComponentOptions options) {
        this.options = options;
        this.providers = new Providers(options.isTrust502());
    }

    /**
     * Those that have a key, and the one of {@code needed} in any case.
     *
     * @throws IllegalArgumentException if a base URL is no address that may be used
     */
    List<Account> read(ProviderName needed) {
        List<Account> accounts = new ArrayList<>();
        for (ProviderName name : ProviderName.values()) {
            Account account = account(name);
            if (name == needed || account.key().get().isPresent()) {
                accounts.add(account);
            }
        }
        return List.copyOf(accounts);
    }

    private Account account(ProviderName name) {
        return switch (name) {
            case LUMA -> account(name, options.getLumaBaseUrl(), options::getLumaApiKey);
            case GMI -> account(name, options.getGmiBaseUrl(), options::getGmiApiKey);
            case REPLICATE -> account(name, options.getReplicateBaseUrl(), options::getReplicateApiToken);
        };
    }

    private Account account(ProviderName name, String baseUrl, Supplier<String> key) {
        Provider provider = providers.get(name);
        String address = text(baseUrl).orElse(provider.defaultBaseUrl());
        return new Account(
                name.label(),
                provider,
                URI.create(address.replaceFirst("/+$", "")),
                () -> text(key.get()),
                new AccountLimits(options.getRequestsPerMinute(), options.getMaxConcurrent(), options.getMaxPosting()));
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::trim).filter(trimmed -> !trimmed.isEmpty());
    }
}
