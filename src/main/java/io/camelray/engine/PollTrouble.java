package io.camelray.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * What went wrong lately in asking for one render.
 *
 * @param answers in a row that brought nothing
 * @param emptySince when the job was first called completed without a video, as long as it still is
 */
record PollTrouble(int answers, Optional<Instant> emptySince) {

    static final PollTrouble NONE = new PollTrouble(0, Optional.empty());

    /** One more answer that says nothing, not even whether the job is still completed without a video. */
    PollTrouble another() {
        return new PollTrouble(answers + 1, emptySince);
    }

    /** One more answer that calls the job completed and names no video. */
    PollTrouble empty(Instant now) {
        return new PollTrouble(answers + 1, emptySince.or(() -> Optional.of(now)));
    }
}
