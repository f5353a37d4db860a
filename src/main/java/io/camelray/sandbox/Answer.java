package io.camelray.sandbox;

import java.time.Duration;

/** What the API origin does with a request. */
sealed interface Answer {

    record Send(Reply reply) implements Answer {}

    /** The same, but late. */
    record SendLate(Reply reply, Duration delay) implements Answer {}

    /** Close the connection without a word. */
    record HangUp() implements Answer {}
}
