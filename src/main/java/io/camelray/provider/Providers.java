package io.camelray.provider;

import io.camelray.model.ProviderName;
import io.camelray.provider.gmi.GmiProvider;
import io.camelray.provider.luma.LumaProvider;
import io.camelray.provider.replicate.ReplicateProvider;

/** The three providers by name. */
public final class Providers {

    private final boolean trust502;

    /** @param trust502 whether Luma's own 502 and 503 prove that nothing was accepted ({@code ray.trust-502}) */
    public Providers(boolean trust502) {
        this.trust502 = trust502;
    }

    public Provider get(ProviderName name) {
        return switch (name) {
            case LUMA -> new LumaProvider(trust502);
            case GMI -> new GmiProvider();
            case REPLICATE -> new ReplicateProvider();
        };
    }
}
