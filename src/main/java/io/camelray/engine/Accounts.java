package io.camelray.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts that are configured here. */
public final class Accounts {

    private final Map<String, Account> byName;

    public Accounts(List<Account> accounts) {
        this.byName = accounts.stream().collect(Collectors.toUnmodifiableMap(Account::name, Function.identity()));
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Account> all() {
        return byName.values();
    }
}
