package io.camelray.provider;

import io.camelray.model.ProviderJobId;
import java.util.Optional;

/** How a provider that calls back proves that it is the caller. Pure and thread-safe. */
public interface CallbackScheme {

    /** The question for the account's secret. */
    WireRequest secretQuery();

    /** The secret out of the reply to it; empty if it holds none that can be used. */
    Optional<String> secret(WireReply reply);

    /** Whether one of the signatures was made with the secret. Takes the same time wherever they differ. */
    boolean isGenuine(Callback callback, String secret);

    /** The job that a genuine call is about, if it names one. */
    Optional<ProviderJobId> job(Callback callback);
}
