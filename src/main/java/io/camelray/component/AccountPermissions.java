package io.camelray.component;

import io.camelray.rules.HdrAccess;
import java.util.Map;
import java.util.Set;

/**
 * What the operator has decided about accounts.
 *
 * @param allowed the names that a manifest may choose; a provider's default account needs no permission
 * @param hdr what is known of accounts' HDR access, by name
 */
public record AccountPermissions(Set<String> allowed, Map<String, HdrAccess> hdr) {

    public AccountPermissions {
        allowed = Set.copyOf(allowed);
        hdr = Map.copyOf(hdr);
    }
}
