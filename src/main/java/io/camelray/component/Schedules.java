package io.camelray.component;

import io.camelray.intake.Schedule;
import io.camelray.intake.ScheduleFile;
import io.camelray.ledger.FiringLedger;
import io.camelray.ledger.LedgerAbsence;
import io.camelray.ledger.LedgerUnavailableException;
import io.camelray.model.Violation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules, as their files said when the program started, and what is recorded when they fire. Whatever measures the
 * time only calls {@link #fire}; what is recorded is planned by {@code ray:fired}. Any number of nodes may do so at once.
 */
public final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private final List<ScheduleFile> files;
    private final Supplier<? extends FiringLedger> ledger;
    private final Clock clock;

    /** @param ledger asked for when something is recorded */
    Schedules(List<ScheduleFile> files, Supplier<? extends FiringLedger> ledger, Clock clock) {
        this.files = List.copyOf(files);
        this.ledger = ledger;
        this.clock = clock;
    }

    /** All of them, those that cannot fire included. */
    public List<ScheduleFile> files() {
        return files;
    }

    /** Those that fire. */
    public List<Schedule> enabled() {
        return files.stream()
                .flatMap(file -> file.schedule().stream())
                .filter(Schedule::enabled)
                .toList();
    }

    /** Whichever says when it fires, also if it is not enabled. */
    Optional<Schedule> find(String name) {
        return files.stream()
                .flatMap(file -> file.schedule().stream())
                .filter(schedule -> schedule.name().equals(name))
                .findFirst();
    }

    /** Says what is wrong with the files, begins to watch, and records what was missed while no program ran. */
    public void open() {
        files.forEach(this::tell);
        files.stream()
                .flatMap(file -> file.schedule().stream())
                .filter(schedule -> !schedule.enabled())
                .map(Schedule::name)
                .forEach(ledger.get()::unwatchSchedule);
        catchUp();
    }

    private void tell(ScheduleFile file) {
        for (Violation violation : file.violations()) {
            if (violation.refuses()) {
                LOG.error(
                        "Schedule {}, {}: {} {}",
                        file.file(),
                        violation.place(),
                        violation.message(),
                        violation.remedy());
            } else {
                LOG.warn("Schedule {}, {}: {}", file.file(), violation.place(), violation.message());
            }
        }
        if (file.schedule().isEmpty()) {
            LOG.error("Schedule {} does not fire until it is mended and the program is started again", file.file());
        } else if (file.isBroken()) {
            LOG.error("Schedule {} would be rejected if it fired now", file.file());
        }
    }

    /**
     * Records what should have fired and did not. Cheap: to be called at start and every minute, for a ledger that could
     * not be reached when it was time.
     */
    public void catchUp() {
        for (Schedule schedule : enabled()) {
            try {
                Instant accounted = ledger.get().watchSchedule(schedule.name(), schedule.timing());
                schedule.missed(accounted, clock.instant()).ifPresent(decision -> record(schedule, decision));
            } catch (LedgerUnavailableException e) {
                if (!LedgerAbsence.explains(e)) {
                    LOG.error("Schedule {} cannot be caught up with now: {}", schedule.name(), e.getMessage());
                }
            }
        }
    }

    /**
     * It is time for a schedule.
     *
     * @param at the time that was due; if the schedule does not fire then, the clock stood still, and it is caught up with
     * @throws LedgerUnavailableException if it cannot be recorded; it will be caught up with
     */
    public void fire(Schedule schedule, Instant at) {
        if (schedule.times().isAt(at)) {
            record(schedule, schedule.at(at));
        } else {
            catchUp();
        }
    }

    private void record(Schedule schedule, Schedule.Decision decision) {
        if (decision.skipped().isPresent()) {
            if (ledger.get()
                    .recordSkipped(
                            schedule.name(), decision.at(), decision.skipped().get())) {
                LOG.warn(
                        "Schedule {} does not fire at {}: {}",
                        schedule.name(),
                        decision.at(),
                        decision.skipped().get());
            }
        } else if (ledger.get().recordFiring(schedule.name(), decision.at())) {
            LOG.info("Schedule {} fires, for {}", schedule.name(), decision.at());
        }
    }
}
