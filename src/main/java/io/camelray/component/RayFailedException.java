package io.camelray.component;

import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.RenderId;

/** The render ended without a video. Asking again with the same key answers the same; another key is another render. */
public final class RayFailedException extends RayException {
    private static final long serialVersionUID = 1L;

    private final String renderId;
    private final transient Failure failure;

    RayFailedException(String key, RenderId render, Failure failure) {
        super(
                key,
                "Render " + render + " failed (" + failure.kind().label() + "): " + sentence(failure.reason()) + " "
                        + sentence(failure.remedy()) + " To pay for another one, ask with another CamelRayKey.");
        this.renderId = render.toString();
        this.failure = failure;
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }

    /** Such as {@code R17}. */
    public String getRenderId() {
        return renderId;
    }

    public FailureClass getFailureClass() {
        return failure.kind();
    }

    public String getReason() {
        return failure.reason();
    }

    /** What a person can do about it. */
    public String getRemedy() {
        return failure.remedy();
    }
}
