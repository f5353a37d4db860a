package io.camelray.component;

/** An intake that knows whether everything that was dropped there has been planned. */
public interface PendingIntake {

    /** Whether it has looked, and has nothing in its hands. Any thread may ask. */
    boolean isIdle();
}
