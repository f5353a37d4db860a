package io.camelray.model;

/** Who sells the render. */
public enum ProviderName implements Labelled {
    LUMA("luma"),
    GMI("gmi"),
    REPLICATE("replicate");

    private final String label;

    ProviderName(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
