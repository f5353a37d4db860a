package io.camelray.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the API origin does with a request. */
sealed interface Answer {

    record Send(Reply reply) implements Answer {}

    /** The same, but late. */
    record SendLate(Reply reply, Duration delay) implements Answer {}

    /** The headers at once, the body in pieces. */
    record SendSlowly(Reply reply, Duration pause) implements Answer {}

    /** As soon as there is a reply, or another one when there is none for so long. */
    record SendWhenReady(Supplier<Optional<Reply>> ready, Duration atMost, Supplier<Reply> otherwise)
            implements Answer {}

    /** A reply that wants to hurt. @param pause between two bytes of a drip */
    record Hostile(FailureAction how, Reply reply, Duration pause) implements Answer {}

    /** Close the connection without a word. */
    record HangUp() implements Answer {}

    /** The same answer with another reply in it. */
    default Answer map(Function<Reply, Reply> change) {
        if (this instanceof Send send) {
            return new Send(change.apply(send.reply()));
        }
        if (this instanceof SendLate late) {
            return new SendLate(change.apply(late.reply()), late.delay());
        }
        if (this instanceof SendSlowly slow) {
            return new SendSlowly(change.apply(slow.reply()), slow.pause());
        }
        if (this instanceof Hostile hostile) {
            return new Hostile(hostile.how(), change.apply(hostile.reply()), hostile.pause());
        }
        if (this instanceof SendWhenReady waiting) {
            return new SendWhenReady(
                    () -> waiting.ready().get().map(change),
                    waiting.atMost(),
                    () -> change.apply(waiting.otherwise().get()));
        }
        return this;
    }
}
