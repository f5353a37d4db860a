package io.camelray.engine;

import java.time.Duration;

/**
 * How long the provider may take.
 *
 * @param connect for a connection to stand, TLS included
 * @param reply between two bytes of an answer; each time-out of a submission makes an unknown, so be generous
 */
public record HttpTimes(Duration connect, Duration reply) {
    public static final HttpTimes DEFAULT = new HttpTimes(Duration.ofSeconds(10), Duration.ofSeconds(90));

    /** For a whole exchange, however steadily its bytes trickle in. */
    Duration total() {
        return reply.multipliedBy(2);
    }
}
