package io.camelray.cli;

/** What the program's exit status says. */
final class ExitStatus {

    static final int GOOD = 0;
    /** Usage, configuration, or nothing but rejected manifests. */
    static final int USAGE = 1;
    /** Finished, but some renders are failed, held or unknown. */
    static final int ATTENTION = 2;

    private ExitStatus() {}
}
