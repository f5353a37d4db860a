package io.camelray.engine;

import io.camelray.assets.Egress;
import java.time.Duration;

/**
 * How long the provider may take.
 *
 * @param connect for a connection to stand, TLS included
 * @param egress how the way out is
 * @param reply between two bytes of an answer; each time-out of a submission makes an unknown, so be generous
 */
public record HttpTimes(Duration connect, Duration reply, Egress egress) {
    public static final HttpTimes DEFAULT = new HttpTimes(Duration.ofSeconds(10), Duration.ofSeconds(90));

    /** Directly out. */
    public HttpTimes(Duration connect, Duration reply) {
        this(connect, reply, Egress.DIRECT);
    }

    /** For a whole exchange, however steadily its bytes trickle in. */
    Duration total() {
        return reply.multipliedBy(2);
    }
}
