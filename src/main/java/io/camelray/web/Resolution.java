package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.OperatorException;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;

/** What a person decides about an unknown render. */
public sealed interface Resolution {

    RenderId render();

    /** Does it, and says what was done. @throws OperatorException if it cannot be done now */
    String apply(Ledger ledger);

    /** The job was found at the provider. */
    record Adopt(RenderId render, ProviderJobId job) implements Resolution {
        @Override
        public String apply(Ledger ledger) {
            ledger.adopt(render, job);
            return "Render " + render + " adopts job " + job + " and is polled";
        }
    }

    /** It is given up. @param charged whether the provider charged for it */
    record Abandon(RenderId render, boolean charged) implements Resolution {
        @Override
        public String apply(Ledger ledger) {
            ledger.abandon(render, charged);
            return "Render " + render + " is abandoned"
                    + (charged ? ", its price stays counted as spent" : ", its money is free again");
        }
    }

    /** @throws OperatorException if the document is not a resolution */
    static Resolution read(JsonNode document) {
        try {
            RenderId render = RenderId.parse(document.path("render").asText());
            return switch (document.path("action").asText()) {
                case "adopt" ->
                    new Adopt(render, new ProviderJobId(document.path("job").asText()));
                case "abandon" -> new Abandon(render, document.path("charged").asBoolean());
                default -> throw new OperatorException("The action must be adopt or abandon");
            };
        } catch (IllegalArgumentException e) {
            throw new OperatorException(e.getMessage());
        }
    }
}
