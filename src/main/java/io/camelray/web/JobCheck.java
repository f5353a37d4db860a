package io.camelray.web;

import io.camelray.model.ProviderJobId;

/** Asks the provider whether a job is what an operator takes it for. */
@FunctionalInterface
public interface JobCheck {

    /** Returns if the account has such a video. @throws OperatorException if not, or if the provider cannot be asked */
    void require(String account, ProviderJobId job);
}
