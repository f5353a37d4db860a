package io.camelray.delivery;

import io.camelray.model.Labelled;

/** What becomes of another object that lies under an output's key ({@code ray.deliver.existing}). */
public enum IfThere implements Labelled {
    /** It is replaced. */
    OVERWRITE("overwrite"),
    /** It stays, and the output is stored beside it under the next free name. */
    VERSION("version"),
    /** It stays, and the output waits in the spool until it is gone. */
    FAIL("fail");

    private final String label;

    IfThere(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
