package io.camelray.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a list of jobs says. */
public sealed interface ListedJobs {

    /** One page. @param next asks for the page after it */
    record Page(List<ListedJob> jobs, Optional<WireRequest> next) implements ListedJobs {
        public Page {
            jobs = List.copyOf(jobs);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** This reply says nothing; ask again. */
    record Unreadable(String reason, Optional<Duration> retryAfter) implements ListedJobs {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** Answers for exactly one case; a case that is not handled does not compile. */
    <R> R match(Cases<R> cases);

    /** One answer for each case. */
    interface Cases<R> {
        R when(Page page);

        R when(Unreadable unreadable);
    }
}
