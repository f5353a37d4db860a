package io.camelray.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What one episode, or several, came to.
 *
 * @param kills SIGKILLs @param atPoints those that met the program exactly at a named point
 * @param generations what the provider was paid for, or will be
 * @param duplicates generations that a request had beyond its first, failed ones not counted
 * @param unexplained generations that the ledger neither knows nor shows as an unknown attempt
 * @param broken stored objects that are not byte for byte what the provider made
 * @param leaks places where a planted secret turned up
 */
record Figures(
        @JsonProperty int kills,
        @JsonProperty int atPoints,
        @JsonProperty int renders,
        @JsonProperty long delivered,
        @JsonProperty long unknown,
        @JsonProperty long failed,
        @JsonProperty int attempts,
        @JsonProperty int generations,
        @JsonProperty long duplicates,
        @JsonProperty long unexplained,
        @JsonProperty long broken,
        @JsonProperty long leaks) {

    static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Figures plus(Figures other) {
        return new Figures(
                kills + other.kills,
                atPoints + other.atPoints,
                renders + other.renders,
                delivered + other.delivered,
                unknown + other.unknown,
                failed + other.failed,
                attempts + other.attempts,
                generations + other.generations,
                duplicates + other.duplicates,
                unexplained + other.unexplained,
                broken + other.broken,
                leaks + other.leaks);
    }
}
