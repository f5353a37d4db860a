package io.camelray.component;

import io.camelray.model.RenderId;
import java.util.Optional;

/** Nobody waits any more for a render that goes on in the ledger: the time is over, or Camel is being stopped. */
public final class RayDetachedException extends RayException {
    private static final long serialVersionUID = 1L;

    private final String renderId;

    RayDetachedException(String key, Optional<RenderId> render, String why) {
        super(
                key,
                why
                        + render.map(id -> " Render " + id + " goes on.").orElse(" Nothing was begun.")
                        + " Ask again with CamelRayKey '" + key + "' to attach.");
        this.renderId = render.map(RenderId::toString).orElse(null);
    }

    /** Such as {@code R17}; null if nothing was begun. */
    public String getRenderId() {
        return renderId;
    }
}
