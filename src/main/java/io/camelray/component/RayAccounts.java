package io.camelray.component;

import io.camelray.engine.Account;
import io.camelray.ledger.AccountLimits;
import io.camelray.model.ProviderName;
import io.camelray.provider.Provider;
import io.camelray.provider.Providers;
import io.camelray.provider.replicate.ReplicateCallbacks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the accounts: a standard one for each provider, named like it, out of the options, and those that
 * {@code ray.accounts.*} name.
 */
final class RayAccounts {

    private final RayComponentOptions options;
    private final AccountProperties named;
    private final Providers providers;

    RayAccounts(RayComponentOptions options, AccountProperties named) {
        this.options = options;
        this.named = named;
        this.providers = new Providers(options.isTrust502());
    }

    /**
     * The standard accounts that have a key, then the named ones in order of their names: the first of a provider is its
     * default. If there is none at {@code needed}, its standard account without a key.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    List<Account> read(ProviderName needed) {
        List<Account> accounts = new ArrayList<>();
        for (ProviderName name : ProviderName.values()) {
            Account account = standard(name);
            if (account.key().get().isPresent()) {
                accounts.add(account);
            }
        }
        named.named().stream().map(this::named).forEach(accounts::add);
        if (accounts.stream().noneMatch(account -> account.provider().name() == needed)) {
            accounts.add(standard(needed));
        }
        refuseSharedKeys(accounts);
        return List.copyOf(accounts);
    }

    AccountPermissions permissions(List<Account> accounts) {
        return new AccountPermissions(
                named.allowed(accounts.stream().map(Account::name).collect(Collectors.toUnmodifiableSet())),
                named.hdrAccess());
    }

    private Account standard(ProviderName name) {
        return switch (name) {
            case LUMA -> standard(name, "luma", options.getLumaBaseUrl(), options::getLumaApiKey);
            case GMI -> standard(name, "gmi", options.getGmiBaseUrl(), options::getGmiApiKey);
            case REPLICATE -> standard(name, "replicate", options.getReplicateBaseUrl(), options::getReplicateApiToken);
        };
    }

    private Account standard(ProviderName name, String option, String baseUrl, Supplier<String> key) {
        return account(
                name.label(),
                provider(name, name.label()),
                "The option " + option + "BaseUrl of the ray component",
                text(baseUrl),
                () -> text(Secrets.read(key.get())));
    }

    private Account named(String name) {
        Provider provider = provider(named.provider(name), name);
        // Asked for once now: a key that is not even configured must be told at the start.
        named.key(name);
        return account(
                name, provider, AccountProperties.PREFIX + name + ".base-url", named.baseUrl(name), () -> named.key(
                                name)
                        .map(Secrets::read)
                        .flatMap(RayAccounts::text));
    }

    /** @param account who is called back, by the last part of the webhook's address */
    private Provider provider(ProviderName provider, String account) {
        return providers.get(
                provider,
                text(options.getWebhookUrl())
                        .map(RayAccounts::webhookBase)
                        .map(base -> URI.create(base + ReplicateCallbacks.PATH + account)));
    }

    private static String webhookBase(String address) {
        String message = "The option webhookUrl of the ray component must be an absolute https address"
                + " (plain http only on loopback), not '" + address + "'";
        try {
            URI base = new URI(address);
            boolean loopback = "http".equals(base.getScheme())
                    && List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(base.getHost()));
            if (base.getHost() == null
                    || base.getQuery() != null
                    || base.getFragment() != null
                    || !("https".equals(base.getScheme()) || loopback)) {
                throw new IllegalArgumentException(message);
            }
            return address.replaceFirst("/+$", "");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(message, e);
        }
    }

    private Account account(
            String name,
            Provider provider,
            String urlProperty,
            Optional<String> baseUrl,
            Supplier<Optional<String>> key) {
        String address = baseUrl.orElse(provider.defaultBaseUrl()).replaceFirst("/+$", "");
        AccountLimits standard =
                new AccountLimits(options.getRequestsPerMinute(), options.getMaxConcurrent(), options.getMaxPosting());
        AccountLimits limits = named.limits(name, standard);
        try {
            return new Account(name, provider, URI.create(address), key, limits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(urlProperty + " is wrong: " + e.getMessage(), e);
        }
    }

    /** Two names for one client would each count a window and slots that the provider counts once. */
    private static void refuseSharedKeys(List<Account> accounts) {
        Map<String, String> owners = new HashMap<>();
        for (Account account : accounts) {
            account.key().get().ifPresent(key -> {
                String owner = owners.putIfAbsent(account.provider().name().label() + ' ' + key, account.name());
                if (owner != null) {
                    throw new IllegalArgumentException("The accounts '" + owner + "' and '" + account.name()
                            + "' have the same key: give each its own, or remove "
                            + AccountProperties.PREFIX + account.name() + ".*");
                }
            });
        }
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::trim).filter(trimmed -> !trimmed.isEmpty());
    }
}
