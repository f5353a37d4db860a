package io.camelray.model;

import java.util.Arrays;
import java.util.List;

/** The columns of {@code reports/<campaign>/report.csv}, in order. */
public enum SheetColumn implements Labelled {
    CAMPAIGN("campaign"),
    RENDER("render"),
    VARIANT("variant"),
    STEP("step"),
    STATE("state"),
    PRICE("price"),
    OBJECT("object"),
    DRAFT_OBJECT("draft object"),
    APPROVE("approve");

    private final String label;

    SheetColumn(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** All of them, as they stand in the first line. */
    public static List<String> header() {
        return Arrays.stream(values()).map(SheetColumn::label).toList();
    }
}
