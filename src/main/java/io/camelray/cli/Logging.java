package io.camelray.cli;

/** Chooses our log configuration, unless the user names one. Call before anything logs. */
final class Logging {

    private static final String FILE = "logback.configurationFile";

    private Logging() {}

    static void configure() {
        if (System.getProperty(FILE) == null) {
            System.setProperty(FILE, "io/camelray/cli/logback.xml");
        }
    }
}
