package io.camelray.intake;

import io.camelray.model.Labelled;
import java.util.Arrays;
import java.util.List;

/** The fields that describe a render, as a manifest writes them. */
enum RenderField implements Labelled {
    PROMPT("prompt", Kind.TEXT),
    ASPECT_RATIO("aspectRatio", Kind.CHOICE),
    RESOLUTION("resolution", Kind.CHOICE),
    DURATION("duration", Kind.CHOICE),
    HDR("hdr", Kind.FLAG),
    EXR_EXPORT("exrExport", Kind.FLAG),
    LOOP("loop", Kind.FLAG),
    START_FRAME("startFrame", Kind.REFERENCE),
    END_FRAME("endFrame", Kind.REFERENCE),
    KEYFRAMES("keyframes", Kind.LIST),
    SOURCE("source", Kind.REFERENCE),
    DIRECTION("direction", Kind.CHOICE),
    EDIT("edit", Kind.GROUP),
    SOURCE_POSITION("sourcePosition", Kind.GROUP);

    /** The fields that may name an earlier step. */
    static final List<RenderField> JOINS = List.of(START_FRAME, END_FRAME, SOURCE);

    /** How a value is written. */
    enum Kind {
        TEXT("Write text."),
        CHOICE("Write text."),
        FLAG("Use true or false."),
        REFERENCE("Name a step, a generation, an https:// address, an s3:// object or a file."),
        LIST("Write a list of { at: …, image: … }."),
        GROUP("Write a set of fields.");

        private final String remedy;

        Kind(String remedy) {
            this.remedy = remedy;
        }
    }

    private final String label;
    private final Kind kind;

    RenderField(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    @Override
    public String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /** What could be written instead of something else. */
    String remedy() {
        return kind.remedy;
    }

    /** Whether its value is one text, number or flag, so that an axis can set it. */
    boolean isPlain() {
        return kind != Kind.LIST && kind != Kind.GROUP;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(RenderField::label).toList();
    }
}
