package io.camelray.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.Operation;
import io.camelray.model.OutputKind;
import java.util.OptionalLong;

/** How long the clip of a render is. */
final class ClipMillis {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ClipMillis() {}

    /** As it was measured, else as it was asked for; empty where its own source decides. */
    static OptionalLong of(RenderRecord render) {
        long measured = render.outputs().stream()
                .filter(output -> output.kind() == OutputKind.VIDEO)
                .mapToLong(output -> measured(output.findings()))
                .max()
                .orElse(0);
        if (measured > 0) {
            return OptionalLong.of(measured);
        }
        return render.request().operation() == Operation.GENERATE
                ? OptionalLong.of(render.request().length().seconds() * 1000L)
                : OptionalLong.empty();
    }

    private static long measured(String findings) {
        try {
            return findings.isBlank()
                    ? 0
                    : JSON.readTree(findings).path("durationMillis").asLong(0);
        } catch (JsonProcessingException e) {
            return 0;
        }
    }
}
