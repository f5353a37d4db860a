package io.camelray.component;

import io.camelray.model.FailureClass;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailureRule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of trouble: what goes wrong, and where that leaves the one render that it meets.
 *
 * @param says the words of the simulator contract's failure list (ray-api §7.6), or whose list it is
 * @param name what happens, as a sentence
 * @param more further lines of the manifest; {@code WORD} is replaced by the prompt that the trouble strikes
 */
record FailureRow(String says, String name, List<FailureRule> rules, Map<ProviderName, Ending> endings, String more) {

    static FailureRow of(String says, String name, Ending ending, FailureRule... rules) {
        Map<ProviderName, Ending> endings = new EnumMap<>(ProviderName.class);
        for (ProviderName provider : ProviderName.values()) {
            endings.put(provider, provider == ProviderName.LUMA ? ending : ending.whereJobsAreListed());
        }
        return new FailureRow(says, name, List.of(rules), endings, "");
    }

    /** The same, but for one provider it ends in another way. */
    FailureRow but(ProviderName provider, Ending ending) {
        Map<ProviderName, Ending> changed = new EnumMap<>(endings);
        changed.put(provider, ending);
        return new FailureRow(says, name, rules, changed, more);
    }

    /** The same, for those only that can be asked for it. */
    FailureRow only(ProviderName... providers) {
        Map<ProviderName, Ending> left = new EnumMap<>(endings);
        left.keySet().retainAll(List.of(providers));
        return new FailureRow(says, name, rules, left, more);
    }

    FailureRow manifest(String lines) {
        return new FailureRow(says, name, rules, endings, lines);
    }

    enum Money {
        NOTHING,
        RESERVED,
        AT_RISK,
        CONFIRMED
    }

    /**
     * Where a render stands in the end.
     *
     * @param money what our books say about it
     * @param jobs paid generations by the sandbox's books
     * @param attempts in our ledger
     * @param words that the reason, or the note of what is unknown, must contain
     * @param outputs kinds that are stored, by the end of their names
     */
    record Ending(
            RenderState state,
            Money money,
            int jobs,
            int attempts,
            Optional<FailureClass> failure,
            String words,
            List<String> outputs) {

        static Ending delivered() {
            return deliveredAfter(1, 1);
        }

        static Ending deliveredAfter(int jobs, int attempts) {
            return new Ending(
                    RenderState.DELIVERED, Money.CONFIRMED, jobs, attempts, Optional.empty(), "", List.of("mp4"));
        }

        /** It may be paid for: our money is at risk whether a job exists or not. */
        static Ending unknown(int jobs, String words) {
            return new Ending(RenderState.UNKNOWN, Money.AT_RISK, jobs, 1, Optional.empty(), words, List.of());
        }

        /** What Luma cannot say, GMI and Replicate list: the job of a lost reply is found. */
        Ending whereJobsAreListed() {
            return state == RenderState.UNKNOWN && jobs == 1 ? delivered() : this;
        }

        static Ending failedFree(FailureClass kind, int jobs, int attempts, String words) {
            return new Ending(RenderState.FAILED, Money.NOTHING, jobs, attempts, Optional.of(kind), words, List.of());
        }

        static Ending failedCharged(FailureClass kind, String words) {
            return new Ending(RenderState.FAILED, Money.CONFIRMED, 1, 1, Optional.of(kind), words, List.of());
        }

        /** It is asked on, and never given up. */
        static Ending rendering() {
            return new Ending(RenderState.RENDERING, Money.RESERVED, 1, 1, Optional.empty(), "", List.of());
        }

        /** Nothing is accepted, and nothing lost: it waits. */
        static Ending planned(String words) {
            return new Ending(RenderState.PLANNED, Money.NOTHING, 0, 1, Optional.empty(), words, List.of());
        }

        /** A job ran, cost nothing and gave nothing: it waits to be submitted again. */
        static Ending plannedAgain(String words) {
            return new Ending(RenderState.PLANNED, Money.NOTHING, 1, 1, Optional.empty(), words, List.of());
        }

        Ending storing(String... kinds) {
            return new Ending(state, money, jobs, attempts, failure, words, List.of(kinds));
        }
    }
}
