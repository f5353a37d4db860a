package io.camelray.engine;

import io.camelray.provider.SubmitVerdict;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * What was sent to providers and asked of them since the start, by account; for those who watch, who read it at any time.
 * Thread-safe.
 */
public final class EngineFigures {

    private static final int TOO_MANY_REQUESTS = 429;

    private final Map<String, AccountFigures> accounts = new ConcurrentHashMap<>();

    /** What became of a {@code POST}. */
    public enum Outcome {
        /** The job exists. */
        ACCEPTED,
        /** A limit refused it: 429. */
        THROTTLED,
        /** Proven that no job exists; it goes again. */
        NOT_ACCEPTED,
        /** This request was refused for good. */
        REJECTED,
        /** Something is wrong with the account. */
        ACCOUNT_FAULT,
        /** A job may exist. */
        UNKNOWN,
        /** No byte of it was sent. */
        NEVER_SENT;

        /** As labels of meters say it: {@code not-accepted}. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Those of one account. */
    public static final class AccountFigures {
        private final Map<Outcome, LongAdder> posts = new ConcurrentHashMap<>();
        private final LongAdder throttledPolls = new LongAdder();
        private final LongAdder polls = new LongAdder();
        private final LongAdder lagNanos = new LongAdder();
        private final LongAccumulator longestLagNanos = new LongAccumulator(Math::max, 0);

        private AccountFigures() {}

        public long posts(Outcome outcome) {
            LongAdder some = posts.get(outcome);
            return some == null ? 0 : some.sum();
        }

        /** Questions for a status. */
        public long polls() {
            return polls.sum();
        }

        /** How often a limit refused such a question. */
        public long throttledPolls() {
            return throttledPolls.sum();
        }

        /** How much later than planned the questions were asked, all together. */
        public long lagNanos() {
            return lagNanos.sum();
        }

        /** The longest such delay since this was last asked. */
        public long takeLongestLagNanos() {
            return longestLagNanos.getThenReset();
        }
    }

    /** Hands over every account that was used. */
    public void forEach(BiConsumer<String, AccountFigures> consumer) {
        accounts.forEach(consumer);
    }

    /** Those of an account; all zero before its first use. */
    public AccountFigures of(String account) {
        return accounts.computeIfAbsent(account, name -> new AccountFigures());
    }

    void posted(String account, SubmitVerdict verdict) {
        count(account, verdict.match(new Outcomes()));
    }

    void neverSent(String account) {
        count(account, Outcome.NEVER_SENT);
    }

    private void count(String account, Outcome outcome) {
        of(account).posts.computeIfAbsent(outcome, first -> new LongAdder()).increment();
    }

    void polled(String account, long lagNanos) {
        AccountFigures figures = of(account);
        figures.polls.increment();
        long late = Math.max(0, lagNanos);
        figures.lagNanos.add(late);
        figures.longestLagNanos.accumulate(late);
    }

    void answered(String account, int status) {
        if (status == TOO_MANY_REQUESTS) {
            of(account).throttledPolls.increment();
        }
    }

    private static final class Outcomes implements SubmitVerdict.Cases<Outcome> {
        @Override
        public Outcome when(SubmitVerdict.Accepted accepted) {
            return Outcome.ACCEPTED;
        }

        @Override
        public Outcome when(SubmitVerdict.Throttled throttled) {
            return Outcome.THROTTLED;
        }

        @Override
        public Outcome when(SubmitVerdict.NotAccepted notAccepted) {
            return Outcome.NOT_ACCEPTED;
        }

        @Override
        public Outcome when(SubmitVerdict.Rejected rejected) {
            return Outcome.REJECTED;
        }

        @Override
        public Outcome when(SubmitVerdict.AccountFault accountFault) {
            return Outcome.ACCOUNT_FAULT;
        }

        @Override
        public Outcome when(SubmitVerdict.Ambiguous ambiguous) {
            return Outcome.UNKNOWN;
        }
    }
}
