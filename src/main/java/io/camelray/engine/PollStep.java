package io.camelray.engine;

import java.time.Duration;
import java.util.Optional;

/** What follows from one answer. */
sealed interface PollStep {

    /** @param notBefore a pause that the plan's gap must not undercut */
    record AskAgain(Optional<Duration> notBefore, PollTrouble trouble) implements PollStep {}

    /** The render is no longer rendering. */
    record Done() implements PollStep {}
}
