package io.camelray.sandbox;

/**
 * How the simulated GMI behaves where its own pages leave room.
 *
 * @param requestsPerHour submissions that an account may make in any hour; 0 for no limit
 * @param failsLater whether a payload that breaks a rule is accepted, and its job fails, instead of being refused
 * @param expiredStatus what its storage answers to an expired URL, 400 or 403
 * @param allStates whether {@code created} and {@code dispatched} are shown too
 */
public record GmiSettings(int requestsPerHour, boolean failsLater, int expiredStatus, boolean allStates) {

    /** @throws SandboxException if a value makes no sense; the message names it */
    public GmiSettings {
        if (requestsPerHour < 0) {
            throw new SandboxException("'requestsPerHour' is " + requestsPerHour + ": it must be 0 or more");
        }
        if (expiredStatus != 400 && expiredStatus != 403) {
            throw new SandboxException("'expiredStatus' is " + expiredStatus + ": it must be 400 or 403");
        }
    }

    public static GmiSettings standard() {
        return new GmiSettings(0, false, 400, false);
    }

    public GmiSettings withRequestsPerHour(int limit) {
        return new GmiSettings(limit, failsLater, expiredStatus, allStates);
    }

    public GmiSettings failingLater() {
        return new GmiSettings(requestsPerHour, true, expiredStatus, allStates);
    }

    public GmiSettings withExpiredStatus(int status) {
        return new GmiSettings(requestsPerHour, failsLater, status, allStates);
    }

    public GmiSettings showingAllStates() {
        return new GmiSettings(requestsPerHour, failsLater, expiredStatus, true);
    }
}
