package io.camelray.intake;

import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.rules.HdrAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator has decided for all manifests.
 *
 * @param provider for manifests that name none
 * @param accounts the account that pays at each provider, for manifests that name none
 * @param allowedAccounts further accounts that a manifest may name
 * @param hdrAccess what is known of accounts' HDR access; unknown where nothing is said
 * @param budget for manifests that name none
 * @param maxRenders a manifest may lower it, not raise it
 * @param stopAfterFailures for manifests that name none; 0 switches it off
 * @param deliverTo for manifests that name none
 * @param deliverAllowed what a manifest may name as its destination: these and what is below them
 * @param assetsAllowed which buckets and prefixes a manifest may start from, beside files in its own folder
 */
public record PlanningSettings(
        ProviderName provider,
        Map<ProviderName, String> accounts,
        Set<String> allowedAccounts,
        Map<String, HdrAccess> hdrAccess,
        Money budget,
        int maxRenders,
        int stopAfterFailures,
        Destination deliverTo,
        List<Destination> deliverAllowed,
        List<Destination> assetsAllowed) {

    public static final int MAX_RENDERS = 10_000;

    public PlanningSettings {
        accounts = Map.copyOf(accounts);
        allowedAccounts = Set.copyOf(allowedAccounts);
        hdrAccess = Map.copyOf(hdrAccess);
        deliverAllowed = List.copyOf(deliverAllowed);
        assetsAllowed = List.copyOf(assetsAllowed);
    }

    /** Luma with one account called {@code luma}, and nothing delivered but below {@code deliverTo}. */
    public static PlanningSettings standard(Money budget, Destination deliverTo) {
        return new PlanningSettings(
                ProviderName.LUMA,
                Map.of(ProviderName.LUMA, "luma"),
                Set.of(),
                Map.of(),
                budget,
                MAX_RENDERS,
                0,
                deliverTo,
                List.of(deliverTo),
                List.of());
    }

    HdrAccess hdrAccessOf(String account) {
        return hdrAccess.getOrDefault(account, HdrAccess.UNKNOWN);
    }

    /** The provider that this account is kept for, as far as that is known. */
    Optional<ProviderName> providerOf(String account) {
        return accounts.entrySet().stream()
                .filter(entry -> entry.getValue().equals(account))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean allows(String account) {
        return allowedAccounts.contains(account) || accounts.containsValue(account);
    }
}
