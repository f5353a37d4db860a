package io.camelray.engine;

import io.camelray.model.ProviderJobId;
import io.camelray.provider.SubmitVerdict;
import java.time.Duration;

/** What became of one turn of a render at the submission protocol; all of it is already in the ledger. */
public sealed interface SubmitResult {

    record Accepted(ProviderJobId job) implements SubmitResult {}

    /**
     * The render keeps its place and comes up again by itself.
     *
     * @param pause how long nothing else of the account needs to be tried either
     */
    record Waits(String reason, Duration pause) implements SubmitResult {

        public Waits(String reason) {
            this(reason, Duration.ZERO);
        }
    }

    /** The render has failed. */
    record Refused(String reason) implements SubmitResult {}

    /** It may be paid for; a person decides. */
    record Unknown(String reason) implements SubmitResult {}

    static SubmitResult of(SubmitVerdict verdict) {
        return verdict.match(new SubmitVerdict.Cases<>() {
            @Override
            public SubmitResult when(SubmitVerdict.Accepted accepted) {
                return new Accepted(accepted.job());
            }

            @Override
            public SubmitResult when(SubmitVerdict.Throttled throttled) {
                return new Waits(throttled.reason());
            }

            @Override
            public SubmitResult when(SubmitVerdict.NotAccepted notAccepted) {
                return new Waits(notAccepted.reason());
            }

            @Override
            public SubmitResult when(SubmitVerdict.Rejected rejected) {
                return new Refused(rejected.failure().reason());
            }

            @Override
            public SubmitResult when(SubmitVerdict.AccountFault accountFault) {
                return new Waits("account paused: " + accountFault.reason());
            }

            @Override
            public SubmitResult when(SubmitVerdict.Ambiguous ambiguous) {
                return new Unknown(ambiguous.reason());
            }
        });
    }
}
