package io.camelray.intake;

import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import java.util.Map;

/**
 * What a manifest says, with the operator's settings where it is silent.
 *
 * @param defaults values that any axis or field goes before
 */
record Manifest(
        String campaign,
        ProviderName provider,
        String account,
        Money budget,
        Priority priority,
        int maxRenders,
        int stopAfterFailures,
        Map<RenderField, FieldValue> defaults,
        Destination destination,
        KeyTemplate key,
        String keyPointer) {}
