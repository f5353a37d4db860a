package io.camelray.ledger;

import io.camelray.model.Labelled;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderState;

/** The labels that columns hold, as the constants they stand for. */
final class Labels {
    private Labels() {}

    static ProviderName provider(String label) {
        return Labelled.of(ProviderName.class, label);
    }

    static RenderState state(String label) {
        return Labelled.of(RenderState.class, label);
    }

    static OutputKind kind(String label) {
        return Labelled.of(OutputKind.class, label);
    }
}
