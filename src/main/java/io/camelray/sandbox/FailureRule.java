package io.camelray.sandbox;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of a failure plan: at a stage, for what matches, so many times, this happens.
 *
 * @param on the stage
 * @param match which requests, jobs or downloads; every one by default
 * @param times how often it happens at most; {@link #ALWAYS} means every time
 * @param action what happens
 * @param delay for {@code delay-reply} how late the reply comes, for {@code slow-trickle}, {@code slow-body} and {@code
 *     drip} the pause between two pieces
 */
public record FailureRule(FailureStage on, Match match, int times, FailureAction action, Duration delay) {

    /** No limit on how often a rule strikes. */
    public static final int ALWAYS = 0;

    /** @throws SandboxException if the action makes no sense at the stage */
    public FailureRule {
        if (!action.stages().contains(on)) {
            throw new SandboxException("'" + action.wireName() + "' cannot happen on '" + on.wireName()
                    + "', only on "
                    + action.stages().stream().map(FailureStage::wireName).toList());
        }
        if (times < 0 || delay.isNegative()) {
            throw new SandboxException("'times' and 'millis' of '" + action.wireName() + "' must be 0 or more");
        }
    }

    /** Strikes once, at the first occasion. */
    public static FailureRule on(FailureStage stage, FailureAction action) {
        return new FailureRule(stage, Match.any(), 1, action, Duration.ofSeconds(1));
    }

    public FailureRule matching(Match newMatch) {
        return new FailureRule(on, newMatch, times, action, delay);
    }

    public FailureRule times(int newTimes) {
        return new FailureRule(on, match, newTimes, action, delay);
    }

    public FailureRule always() {
        return times(ALWAYS);
    }

    public FailureRule delay(Duration newDelay) {
        return new FailureRule(on, match, times, action, newDelay);
    }

    /**
     * Which occasions a rule is about.
     *
     * @param promptContains a part of the prompt, in any case
     * @param resolution the asked resolution, such as {@code 720p}
     * @param type the asked type, such as {@code video_edit}
     * @param provider {@code luma}, {@code gmi} or {@code replicate}
     * @param nth the first of the fitting occasions that counts, from 1
     * @param every only each so-manieth fitting occasion, from 1
     */
    public record Match(
            Optional<String> promptContains,
            Optional<String> resolution,
            Optional<String> type,
            Optional<String> provider,
            int nth,
            int every) {

        public Match {
            if (nth < 1 || every < 1) {
                throw new SandboxException("'nth' and 'every' must be 1 or more");
            }
        }

        public static Match any() {
            return new Match(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1, 1);
        }

        public static Match prompt(String part) {
            return new Match(Optional.of(part), Optional.empty(), Optional.empty(), Optional.empty(), 1, 1);
        }

        public static Match provider(String name) {
            return new Match(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(name), 1, 1);
        }

        public Match nth(int number) {
            return new Match(promptContains, resolution, type, provider, number, every);
        }

        public Match every(int number) {
            return new Match(promptContains, resolution, type, provider, nth, number);
        }
    }
}
