package io.camelray.model;

/** What kind of file a render produced. */
public enum OutputKind implements Labelled {
    VIDEO("video"),
    EXR("exr"),
    THUMBNAIL("thumbnail");

    private final String label;

    OutputKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
