package io.camelray.intake;

import io.camelray.model.Price;
import io.camelray.model.RenderRequest;

/**
 * One cell of a step with what it asks for.
 *
 * @param label the axis values joined by {@code _}; empty without axes
 * @param names what a key may name here
 * @param price zero where it is not known, which has been told
 * @param origin what it starts from, and its fingerprint
 */
record Variant(
        Step step, Cell cell, String label, RenderRequest request, Names names, Price price, Lineage.Origin origin) {

    String fingerprint() {
        return origin.fingerprint();
    }
}
