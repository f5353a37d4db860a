package io.camelray.intake;

import io.camelray.model.Labelled;
import java.util.Arrays;
import java.util.List;

/** The fields that describe a render, as a manifest writes them. */
enum RenderField implements Labelled {
    PROMPT("prompt"),
    ASPECT_RATIO("aspectRatio"),
    RESOLUTION("resolution"),
    DURATION("duration"),
    HDR("hdr"),
    EXR_EXPORT("exrExport"),
    LOOP("loop");

    private final String label;

    RenderField(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it is true or false. */
    boolean isFlag() {
        return this == HDR || this == EXR_EXPORT || this == LOOP;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(RenderField::label).toList();
    }
}
