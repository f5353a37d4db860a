package io.camelray.sandbox;

import java.time.Duration;

/**
 * How the simulated Replicate behaves.
 *
 * @param port its port on 127.0.0.1; 0 takes any free one
 * @param createsPerMinute predictions that an account may create in any minute
 * @param retention how long input, output and files outlive a prediction's end
 * @param output what {@code output} looks like
 */
public record ReplicateSettings(int port, int createsPerMinute, Duration retention, Output output) {

    /** The form of a prediction's {@code output}. */
    public enum Output {
        /** The MP4's URL; an EXR is not mentioned. */
        STRING,
        /** The URLs of all files, the MP4 first. */
        ARRAY,
        /** The URLs under {@code video} and {@code exr}. */
        OBJECT
    }

    /** @throws SandboxException if a value makes no sense; the message names it */
    public ReplicateSettings {
        if (port < 0 || port > 65535) {
            throw new SandboxException("'port' is " + port + ": it must be 0 to 65535");
        }
        if (createsPerMinute < 1) {
            throw new SandboxException("'createsPerMinute' is " + createsPerMinute + ": it must be 1 or more");
        }
        if (retention.isNegative() || retention.isZero()) {
            throw new SandboxException("'retention' is " + retention + ": it must be above 0");
        }
    }

    public static ReplicateSettings standard() {
        return new ReplicateSettings(0, 600, Duration.ofHours(1), Output.STRING);
    }

    public ReplicateSettings withPort(int number) {
        return new ReplicateSettings(number, createsPerMinute, retention, output);
    }

    public ReplicateSettings withCreatesPerMinute(int limit) {
        return new ReplicateSettings(port, limit, retention, output);
    }

    public ReplicateSettings withRetention(Duration length) {
        return new ReplicateSettings(port, createsPerMinute, length, output);
    }

    public ReplicateSettings withOutput(Output form) {
        return new ReplicateSettings(port, createsPerMinute, retention, form);
    }
}
