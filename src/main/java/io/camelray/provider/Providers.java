package io.camelray.provider;

import io.camelray.model.ProviderName;
import io.camelray.provider.gmi.GmiProvider;
import io.camelray.provider.luma.LumaProvider;
import io.camelray.provider.replicate.ReplicateProvider;
import java.net.URI;
import java.util.Optional;

/** The three providers by name. */
public final class Providers {

    private final boolean trust502;

    /** @param trust502 whether Luma's own 502 and 503 prove that nothing was accepted ({@code ray.trust-502}) */
    public Providers(boolean trust502) {
        this.trust502 = trust502;
    }

    public Provider get(ProviderName name) {
        return get(name, Optional.empty());
    }

    /** @param webhook where the provider is asked to call back when a job ends, if it can */
    public Provider get(ProviderName name, Optional<URI> webhook) {
        return switch (name) {
            case LUMA -> new LumaProvider(trust502);
            case GMI -> new GmiProvider();
            case REPLICATE -> new ReplicateProvider(webhook);
        };
    }
}
