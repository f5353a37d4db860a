package io.camelray.intake;

import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.Priority;
import io.camelray.model.ProviderName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says, with the operator's settings where it is silent.
 *
 * @param hold how long it may be taken back before it costs anything
 * @param draft whether everything is rendered as a draft first, and the rest waits for approval
 * @param outputs which files of its renders are delivered
 * @param defaults values that any axis or field goes before
 */
record Manifest(
        String campaign,
        ProviderName provider,
        String account,
        Money budget,
        Priority priority,
        Optional<ReadyBy> readyBy,
        int maxRenders,
        int stopAfterFailures,
        Duration hold,
        boolean draft,
        Map<RenderField, FieldValue> defaults,
        Destination destination,
        OutputChoice outputs,
        KeyTemplate key,
        String keyPointer) {}
