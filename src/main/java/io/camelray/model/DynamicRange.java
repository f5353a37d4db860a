package io.camelray.model;

/** The three price tiers of dynamic range. */
public enum DynamicRange implements Labelled {
    SDR("sdr"),
    HDR("hdr"),
    /** HDR with an EXR export alongside. */
    HDR_EXR("hdr+exr");

    private final String label;

    DynamicRange(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
