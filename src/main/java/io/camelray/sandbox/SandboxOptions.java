package io.camelray.sandbox;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a sandbox behaves. Build one with {@link #builder()}.
 *
 * @param apiPort port of the API origin on 127.0.0.1; 0 takes any free one
 * @param storagePort port of the storage origin; 0 takes any free one
 * @param speed divides the phases of a job and nothing else: 60 turns a minute into a second
 * @param seed the same seed gives the same ids and durations for the same requests; random unless set
 * @param urlLife how long an output's URL works, stated in the URL
 * @param requestsPerMinute submissions that an account may make at Luma in any 60 seconds
 * @param maxConcurrent jobs that an account may have queued or processing at Luma
 * @param accounts who may call; when empty, every key that looks like one of the provider's belongs to one account,
 *     {@code default}
 * @param failures what goes wrong, and when
 * @param outputBytes the least size of an MP4; smaller ones are padded, as they are sent, with a {@code free} box
 * @param checkMedia whether media are fetched and looked into before a request is accepted; else only their form counts
 * @param publicMediaOnly whether media URLs must be https and not name this machine or a private network
 * @param gmi what only GMI has
 * @param replicate what only Replicate has
 * @param stateFile where accepted generations are kept, one JSON line each, so that they outlive a restart
 * @param clock the time of everything
 */
public record SandboxOptions(
        int apiPort,
        int storagePort,
        double speed,
        long seed,
        Duration urlLife,
        int requestsPerMinute,
        int maxConcurrent,
        List<SandboxAccount> accounts,
        FailurePlan failures,
        long outputBytes,
        boolean checkMedia,
        boolean publicMediaOnly,
        GmiSettings gmi,
        ReplicateSettings replicate,
        Optional<Path> stateFile,
        Clock clock) {

    private static final long MAX_OUTPUT_BYTES = 4_000_000_000L;
    private static final Duration MAX_URL_LIFE = Duration.ofDays(7);

    /** @throws SandboxException if a value makes no sense; the message names it */
    public SandboxOptions {
        require(isPort(apiPort), "apiPort", apiPort, "0 to 65535");
        require(isPort(storagePort), "storagePort", storagePort, "0 to 65535");
        require(speed > 0 && Double.isFinite(speed), "speed", speed, "above 0");
        require(requestsPerMinute > 0, "requestsPerMinute", requestsPerMinute, "1 or more");
        require(maxConcurrent > 0, "maxConcurrent", maxConcurrent, "1 or more");
        require(
                urlLife.compareTo(Duration.ofSeconds(1)) >= 0 && urlLife.compareTo(MAX_URL_LIFE) <= 0,
                "urlLife",
                urlLife,
                "1 second to 7 days");
        require(outputBytes >= 0 && outputBytes <= MAX_OUTPUT_BYTES, "outputBytes", outputBytes, "0 to 4,000,000,000");
        accounts = List.copyOf(accounts);
        Objects.requireNonNull(failures, "failures");
        Objects.requireNonNull(gmi, "gmi");
        Objects.requireNonNull(replicate, "replicate");
        Objects.requireNonNull(stateFile, "stateFile");
        Objects.requireNonNull(clock, "clock");
    }

    public static Builder builder() {
        return new Builder();
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= 65535;
    }

    private static void require(boolean good, String name, Object value, String allowed) {
        if (!good) {
            throw new SandboxException("'" + name + "' is " + value + ": it must be " + allowed);
        }
    }

    /** Collects the options; what is not set keeps the provider's own default, and a random seed. */
    public static final class Builder {

        private int apiPort;
        private int storagePort;
        private double speed = 1.0;
        private long seed = new SecureRandom().nextLong();
        private Duration urlLife = Duration.ofHours(1);
        private int requestsPerMinute = 30;
        private int maxConcurrent = 10;
        private List<SandboxAccount> accounts = List.of();
        private FailurePlan failures = FailurePlan.none();
        private long outputBytes;
        private boolean checkMedia = true;
        private boolean publicMediaOnly;
        private GmiSettings gmi = GmiSettings.standard();
        private ReplicateSettings replicate = ReplicateSettings.standard();
        private Optional<Path> stateFile = Optional.empty();
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        public Builder apiPort(int value) {
            apiPort = value;
            return this;
        }

        public Builder storagePort(int value) {
            storagePort = value;
            return this;
        }

        public Builder speed(double value) {
            speed = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder urlLife(Duration value) {
            urlLife = value;
            return this;
        }

        public Builder requestsPerMinute(int value) {
            requestsPerMinute = value;
            return this;
        }

        public Builder maxConcurrent(int value) {
            maxConcurrent = value;
            return this;
        }

        public Builder accounts(SandboxAccount... values) {
            accounts = List.of(values);
            return this;
        }

        public Builder failures(FailurePlan value) {
            failures = value;
            return this;
        }

        public Builder outputBytes(long value) {
            outputBytes = value;
            return this;
        }

        public Builder checkMedia(boolean value) {
            checkMedia = value;
            return this;
        }

        public Builder gmi(GmiSettings value) {
            gmi = value;
            return this;
        }

        public Builder replicate(ReplicateSettings value) {
            replicate = value;
            return this;
        }

        public Builder publicMediaOnly(boolean value) {
            publicMediaOnly = value;
            return this;
        }

        public Builder stateFile(Path value) {
            stateFile = Optional.of(value);
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** @throws SandboxException if a value makes no sense; the message names it */
        public SandboxOptions build() {
            return new SandboxOptions(
                    apiPort,
                    storagePort,
                    speed,
                    seed,
                    urlLife,
                    requestsPerMinute,
                    maxConcurrent,
                    accounts,
                    failures,
                    outputBytes,
                    checkMedia,
                    publicMediaOnly,
                    gmi,
                    replicate,
                    stateFile,
                    clock);
        }
    }
}
