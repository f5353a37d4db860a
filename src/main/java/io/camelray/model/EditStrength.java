package io.camelray.model;

/** How far an edit may leave its source, from the most faithful to the freest (R79). */
public enum EditStrength implements Labelled {
    ADHERE_1("adhere_1"),
    ADHERE_2("adhere_2"),
    ADHERE_3("adhere_3"),
    FLEX_1("flex_1"),
    FLEX_2("flex_2"),
    FLEX_3("flex_3"),
    REIMAGINE_1("reimagine_1"),
    REIMAGINE_2("reimagine_2"),
    REIMAGINE_3("reimagine_3");

    private final String label;

    EditStrength(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
