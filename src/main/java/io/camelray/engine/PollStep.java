package io.camelray.engine;

import java.time.Duration;
import java.util.Optional;

/** What follows from one answer. */
sealed interface PollStep {

    /** @param notBefore a pause that the plan's gap must not undercut @param troubles answers in a row that were none */
    record AskAgain(Optional<Duration> notBefore, int troubles) implements PollStep {}

    /** The render is no longer rendering. */
    record Done() implements PollStep {}
}
