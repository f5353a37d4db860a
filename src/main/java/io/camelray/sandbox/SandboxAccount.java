package io.camelray.sandbox;

import io.camelray.model.Money;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One API client at a provider. All its keys share one rate window, one set of slots and one balance.
 *
 * @param name as it appears in the ledger
 * @param keys the account's keys and what has become of each
 * @param balance the money it starts with; empty means that it never runs out
 * @param hdrAccess whether it may ask for HDR
 * @param status whether the provider serves it
 */
public record SandboxAccount(
        String name, Map<String, KeyState> keys, Optional<Money> balance, boolean hdrAccess, Status status) {

    /** What has become of a key. */
    public enum KeyState {
        VALID,
        REVOKED,
        EXPIRED
    }

    /** Whether the provider serves the account. */
    public enum Status {
        ACTIVE,
        SUSPENDED,
        DEACTIVATED
    }

    public SandboxAccount {
        keys = Map.copyOf(keys);
    }

    /** An active account with unlimited money, HDR access and these valid keys. */
    public static SandboxAccount of(String name, String... keys) {
        Map<String, KeyState> valid =
                Set.of(keys).stream().collect(Collectors.toMap(Function.identity(), key -> KeyState.VALID));
        return new SandboxAccount(name, valid, Optional.empty(), true, Status.ACTIVE);
    }

    public SandboxAccount withBalance(Money amount) {
        return new SandboxAccount(name, keys, Optional.of(amount), hdrAccess, status);
    }

    public SandboxAccount withStatus(Status newStatus) {
        return new SandboxAccount(name, keys, balance, hdrAccess, newStatus);
    }

    public SandboxAccount withoutHdr() {
        return new SandboxAccount(name, keys, balance, false, status);
    }
}
