package io.camelray.provider;

import io.camelray.model.Failure;
import io.camelray.model.OutputKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a status query found out. */
public sealed interface JobStatus {

    /** Not finished. @param stage the provider's own word for it */
    record Running(String stage) implements JobStatus {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /**
     * Finished; the URLs are presigned and secret. Without a video among them the artefacts are (still) missing.
     *
     * @param chainId what later requests refer to the result with; empty where the provider has no such thing
     */
    record Completed(Optional<String> chainId, List<Output> outputs) implements JobStatus {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** @param expiresAt when the URL dies */
    record Output(OutputKind kind, String url, Instant expiresAt) {}

    /** Finished without a result. @param charged whether the provider keeps (part of) the money */
    record Failed(Failure failure, boolean charged) implements JobStatus {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /**
     * Stopped before it finished, by whom it may be.
     *
     * @param failure how, for those who did not ask for it
     * @param charged whether the provider keeps (part of) the money
     */
    record Cancelled(Failure failure, boolean charged) implements JobStatus {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** The provider says that this account has no such job. */
    record Missing(String reason) implements JobStatus {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** The account is at fault; ask again when it is mended. */
    record AccountFault(String reason) implements JobStatus {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** This reply says nothing about the job; ask again. */
    record Inconclusive(String reason, Optional<Duration> retryAfter) implements JobStatus {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** Answers for exactly one case; a case that is not handled does not compile. */
    <R> R match(Cases<R> cases);

    /** One answer for each case. */
    interface Cases<R> {
        R when(Running running);

        R when(Completed completed);

        R when(Failed failed);

        R when(Cancelled cancelled);

        R when(Missing missing);

        R when(AccountFault accountFault);

        R when(Inconclusive inconclusive);
    }
}
