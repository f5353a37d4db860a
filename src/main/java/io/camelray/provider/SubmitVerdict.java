package io.camelray.provider;

import io.camelray.model.Failure;
import io.camelray.model.ProviderJobId;
import java.time.Duration;
import java.util.Optional;

/** What is known about a submission after its one {@code POST} (design §6). */
public sealed interface SubmitVerdict {

    /** The job exists. @param requestsPerMinute what the headers say the limit is */
    record Accepted(ProviderJobId job, Optional<Integer> requestsPerMinute) implements SubmitVerdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /**
     * A limit refused it; no job exists, and it was no attempt.
     *
     * @param retryAfter how long the provider asks to wait
     * @param concurrency whether it was the limit of concurrent jobs rather than the rate
     */
    record Throttled(Duration retryAfter, boolean concurrency, Optional<Integer> requestsPerMinute, String reason)
            implements SubmitVerdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** Proven that no job exists; another attempt is free of risk. */
    record NotAccepted(String reason) implements SubmitVerdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** The provider refused this request; no job exists, and asking again would be refused again. */
    record Rejected(Failure failure) implements SubmitVerdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /**
     * Nothing is wrong with the request, but with the account or its address; no job exists.
     *
     * @param lackOfCredit whether it is for want of money, so that it may end without anybody's doing here
     */
    record AccountFault(String reason, boolean lackOfCredit) implements SubmitVerdict {

        public AccountFault(String reason) {
            this(reason, false);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** A job may exist. */
    record Ambiguous(String reason) implements SubmitVerdict {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** Answers for exactly one case; a case that is not handled does not compile. */
    <R> R match(Cases<R> cases);

    /** One answer for each case. */
    interface Cases<R> {
        R when(Accepted accepted);

        R when(Throttled throttled);

        R when(NotAccepted notAccepted);

        R when(Rejected rejected);

        R when(AccountFault accountFault);

        R when(Ambiguous ambiguous);
    }
}
