package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Capability;
import io.camelray.model.Labelled;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderName;
import io.camelray.rules.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which files of its renders a manifest wants delivered: {@code deliver.outputs}.
 *
 * @param kinds as far as they could be read
 * @param pointers where each stands in the manifest; empty if the manifest does not say
 */
record OutputChoice(Set<OutputKind> kinds, Map<OutputKind, String> pointers) {

    static final String FIELD = "outputs";
    static final String POINTER = "/deliver/" + FIELD;
    static final String RULE = FIELD;

    /** The video, and the EXR where one is made. */
    static final OutputChoice DEFAULT = new OutputChoice(EnumSet.of(OutputKind.VIDEO, OutputKind.EXR), Map.of());

    /** Reads the list; what has the wrong shape has been told by the schema, and counts as not said. */
    static OutputChoice read(JsonNode outputs, Places places, Violations violations) {
        if (!outputs.isArray()) {
            return DEFAULT;
        }
        Map<OutputKind, String> pointers = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            String pointer = POINTER + "/" + i;
            Optional<OutputKind> kind =
                    Labelled.find(OutputKind.class, outputs.get(i).asText());
            if (kind.isPresent() && pointers.putIfAbsent(kind.get(), pointer) != null) {
                violations.error(
                        Stage.ENVELOPE,
                        RULE,
                        places.of(pointer),
                        "'" + kind.get().label() + "' stands in 'deliver.outputs' twice.",
                        "Remove one of them.");
            }
        }
        return pointers.isEmpty() ? DEFAULT : new OutputChoice(EnumSet.copyOf(pointers.keySet()), Map.copyOf(pointers));
    }

    /** Whether the manifest asks for it by name. */
    boolean asks(OutputKind kind) {
        return pointers.containsKey(kind);
    }

    /** Where the manifest asks for it. */
    String pointer(OutputKind kind) {
        return pointers.getOrDefault(kind, POINTER);
    }

    /** What of a delivered variant is brought to its destination. A draft is there to be looked at. */
    List<OutputKind> of(Variant variant) {
        List<OutputKind> delivered = new ArrayList<>();
        if (kinds.contains(OutputKind.VIDEO) || variant.step().draft()) {
            delivered.add(OutputKind.VIDEO);
        }
        if (kinds.contains(OutputKind.EXR) && variant.request().produces(OutputKind.EXR)) {
            delivered.add(OutputKind.EXR);
        }
        if (kinds.contains(OutputKind.THUMBNAIL)) {
            delivered.add(OutputKind.THUMBNAIL);
        }
        return delivered;
    }

    /** Whether anything of a delivered variant will come, as far as its provider is known. */
    boolean isAnythingOf(Variant variant, ProviderName provider) {
        List<OutputKind> delivered = of(variant);
        return delivered.size() > 1
                || !delivered.isEmpty()
                        && (delivered.get(0) != OutputKind.THUMBNAIL || Capability.THUMBNAIL.isOffered(provider));
    }
}
