package io.camelray.cli;

import io.camelray.component.RaySettings;
import io.camelray.engine.Account;
import io.camelray.rules.HdrAccess;
import io.camelray.web.AccountAccess;
import java.util.Map;
import java.util.stream.Collectors;

/** What operators may see of the accounts' configuration. */
final class AccountAccesses {

    private AccountAccesses() {}

    static Map<String, AccountAccess> of(RaySettings settings) {
        return settings.accounts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Account::name,
                        account -> new AccountAccess(
                                account.provider().name().label(),
                                account.baseUrl().toString(),
                                account.key().get().isPresent(),
                                hdr(settings.permissions().hdr().getOrDefault(account.name(), HdrAccess.UNKNOWN)))));
    }

    private static String hdr(HdrAccess access) {
        return switch (access) {
            case GRANTED -> "yes";
            case NONE -> "no";
            case UNKNOWN -> "unknown";
        };
    }
}
