package io.camelray.ledger;

import io.camelray.model.RenderId;

/** A plan would store something where an object lies that is itself still to be copied from there. Nothing was accepted. */
public final class KeyInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param wants the render that would be stored there @param lies the render whose object is there */
    KeyInUseException(String location, RenderId wants, RenderId lies) {
        super("Render " + wants + " would be stored at " + location + ", where the video of render " + lies
                + " lies, which is to be copied from there to its own new key");
    }
}
