package io.camelray.intake;

import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.rules.HdrAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operator has decided for all manifests.
 *
 * @param provider for manifests that name none
 * @param accounts the account that pays at each provider, for manifests that name none
 * @param allowedAccounts further accounts that a manifest may name, and where they are
 * @param hdrAccess what is known of accounts' HDR access; unknown where nothing is said
 * @param budget for manifests that name none
 * @param maxRenders a manifest may lower it, not raise it
 * @param stopAfterFailures for manifests that name none; 0 switches it off
 * @param deliverTo for manifests that name none
 * @param deliverAllowed what a manifest may name as its destination: these and what is below them
 * @param assetsAllowed which buckets and prefixes a manifest may start from, beside files in its own folder
 * @param accepted where accepted manifests are filed with their data files, {@code <campaign>/r<N>} each, if they are
 */
public record PlanningSettings(
        ProviderName provider,
        Map<ProviderName, String> accounts,
        Map<String, ProviderName> allowedAccounts,
        Map<String, HdrAccess> hdrAccess,
        Money budget,
        int maxRenders,
        int stopAfterFailures,
        Destination deliverTo,
        List<Destination> deliverAllowed,
        List<Destination> assetsAllowed,
        Optional<Path> accepted) {

    public static final int MAX_RENDERS = 10_000;

    public PlanningSettings {
        accounts = Map.copyOf(accounts);
        allowedAccounts = Map.copyOf(allowedAccounts);
        hdrAccess = Map.copyOf(hdrAccess);
        deliverAllowed = List.copyOf(deliverAllowed);
        assetsAllowed = List.copyOf(assetsAllowed);
    }

    /** Where nothing is filed. */
    public PlanningSettings(
            ProviderName provider,
            Map<ProviderName, String> accounts,
            Map<String, ProviderName> allowedAccounts,
            Map<String, HdrAccess> hdrAccess,
            Money budget,
            int maxRenders,
            int stopAfterFailures,
            Destination deliverTo,
            List<Destination> deliverAllowed,
            List<Destination> assetsAllowed) {
        this(
                provider,
                accounts,
                allowedAccounts,
                hdrAccess,
                budget,
                maxRenders,
                stopAfterFailures,
                deliverTo,
                deliverAllowed,
                assetsAllowed,
                Optional.empty());
    }

    /** Luma with one account called {@code luma}, and nothing delivered but below {@code deliverTo}. */
    public static PlanningSettings standard(Money budget, Destination deliverTo) {
        return new PlanningSettings(
                ProviderName.LUMA,
                Map.of(ProviderName.LUMA, "luma"),
                Map.of(),
                Map.of(),
                budget,
                MAX_RENDERS,
                0,
                deliverTo,
                List.of(deliverTo),
                List.of(),
                Optional.empty());
    }

    /** The same, but nothing is delivered anywhere else than here. */
    public PlanningSettings deliveringTo(Destination only) {
        return new PlanningSettings(
                provider,
                accounts,
                allowedAccounts,
                hdrAccess,
                budget,
                maxRenders,
                stopAfterFailures,
                only,
                List.of(only),
                assetsAllowed,
                accepted);
    }

    HdrAccess hdrAccessOf(String account) {
        return hdrAccess.getOrDefault(account, HdrAccess.UNKNOWN);
    }

    /** The provider that this account is kept for, as far as that is known. */
    Optional<ProviderName> providerOf(String account) {
        return accounts.entrySet().stream()
                .filter(entry -> entry.getValue().equals(account))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> Optional.ofNullable(allowedAccounts.get(account)));
    }

    /** The accounts that a manifest may name, in order. */
    List<String> nameable() {
        return Stream.concat(accounts.values().stream(), allowedAccounts.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    boolean allows(String account) {
        return allowedAccounts.containsKey(account) || accounts.containsValue(account);
    }
}
