package io.camelray.component;

import io.camelray.ledger.RenderRecord;
import io.camelray.model.RenderState;

/** The render waits for a person: it is held, or nobody knows whether it was accepted. */
public final class RayHeldException extends RayException {
    private static final long serialVersionUID = 1L;

    private final String renderId;
    private final RenderState state;

    RayHeldException(String key, RenderRecord render) {
        super(key, sentence(render) + " Then ask again with the same CamelRayKey: it attaches.");
        this.renderId = render.id().toString();
        this.state = render.state();
    }

    private static String sentence(RenderRecord render) {
        String why = render.note().isEmpty() ? "" : ": " + render.note();
        return render.state() == RenderState.UNKNOWN
                ? "Render " + render.id() + " is unknown, it may have been paid for" + why
                        + ". Find it at the provider and decide with camel-ray resolve " + render.id() + "."
                : "Render " + render.id() + " is held"
                        + render.held()
                                .map(reason -> " (" + reason.label() + ")")
                                .orElse("") + why
                        + ". Have an operator release it.";
    }

    /** Such as {@code R17}. */
    public String getRenderId() {
        return renderId;
    }

    /** {@link RenderState#HELD} or {@link RenderState#UNKNOWN}. */
    public RenderState getState() {
        return state;
    }
}
