package io.camelray.rules;

import io.camelray.model.ProviderName;

/** What a rule may know besides the request. */
public record RuleContext(ProviderName provider, HdrAccess hdrAccess) {

    public static RuleContext of(ProviderName provider) {
        return new RuleContext(provider, HdrAccess.UNKNOWN);
    }
}
