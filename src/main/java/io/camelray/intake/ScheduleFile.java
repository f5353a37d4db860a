package io.camelray.intake;

import io.camelray.model.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that says when it is to be planned, or that cannot be read.
 *
 * @param schedule empty if it cannot be told when it fires
 * @param violations what is wrong with it; a schedule that has one fires all the same, for its data may be mended by then
 */
public record ScheduleFile(Path file, Optional<Schedule> schedule, List<Violation> violations) {

    public ScheduleFile {
        violations = List.copyOf(violations);
    }

    /** Whether planning it now would be refused. */
    public boolean isBroken() {
        return violations.stream().anyMatch(Violation::refuses);
    }
}
