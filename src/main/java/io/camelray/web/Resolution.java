package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;

/** What a person decides about an unknown render. */
public sealed interface Resolution {

    RenderId render();

    /**
     * Does it, and says what was done.
     *
     * @throws OperatorException if it cannot be done now
     */
    String apply(Ledger ledger, JobCheck check);

    /** The job was found at the provider, which is asked about it first. */
    record Adopt(RenderId render, ProviderJobId job) implements Resolution {
        @Override
        public String apply(Ledger ledger, JobCheck check) {
            RenderRecord known =
                    ledger.render(render).orElseThrow(() -> new OperatorException("There is no render " + render));
            if (known.state() == RenderState.UNKNOWN) {
                check.require(known.account(), job);
            }
            ledger.adopt(render, job);
            return "Render " + render + " adopts job " + job + " and is polled";
        }
    }

    /** It is planned again, though it may have been paid for. */
    record Resubmit(RenderId render) implements Resolution {
        @Override
        public String apply(Ledger ledger, JobCheck check) {
            ledger.resubmit(render);
            return "Render " + render
                    + " is planned again, with a reserve of its own; the unknown attempt stays at risk";
        }
    }

    /** It is given up. @param charged whether the provider charged for it */
    record Abandon(RenderId render, boolean charged) implements Resolution {
        @Override
        public String apply(Ledger ledger, JobCheck check) {
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
                case "resubmit" -> new Resubmit(render);
                case "abandon" -> new Abandon(render, document.path("charged").asBoolean());
                default -> throw new OperatorException("The action must be adopt, resubmit or abandon");
            };
        } catch (IllegalArgumentException e) {
            throw new OperatorException(e.getMessage());
        }
    }
}
