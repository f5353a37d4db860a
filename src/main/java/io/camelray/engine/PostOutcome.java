package io.camelray.engine;

import io.camelray.provider.WireReply;

/** What became of one {@code POST}. */
sealed interface PostOutcome {

    /** The provider answered. */
    record Replied(WireReply reply) implements PostOutcome {}

    /** No byte of the request was sent: nothing can have been accepted. */
    record NeverSent(String reason) implements PostOutcome {}

    /** At least a part was sent, and no answer came. */
    record Lost(String reason) implements PostOutcome {}
}
