package io.camelray.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that all commands share. */
final class HomeOptions {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where inbox, outputs, reports and the ledger live (default: ./work)")
    private Path home;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "config",
            description = "Where application.properties lives (default: ./config)")
    private Path config;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "Where the routes live (default: ./routes, else those in the jar)")
    private Path routes;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Overrides a property; repeatable")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--json", description = "Answers as JSON")
    private boolean json;

    /** Absolute; {@code fallback} below the working folder when none was given. */
    Path home(String fallback) {
        return (home == null ? Path.of(fallback) : home).toAbsolutePath().normalize();
    }

    Path config() {
        return config;
    }

    Path routes() {
        return routes;
    }

    boolean json() {
        return json;
    }

    Map<String, String> set() {
        return set;
    }
}
