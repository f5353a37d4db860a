package io.camelray.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.FiringLedger;
import io.camelray.ledger.FiringLedger.Firing;

/** The last firing of each schedule, for operators. */
public final class FiringsDocument {

    private FiringsDocument() {}

    public static ArrayNode of(FiringLedger ledger) {
        ArrayNode firings = JsonNodeFactory.instance.arrayNode();
        for (Firing firing : ledger.lastFirings()) {
            ObjectNode node = firings.addObject();
            node.put("schedule", firing.schedule());
            node.put("at", firing.at().toString());
            node.put("outcome", firing.outcome().label());
            firing.campaign().ifPresent(campaign -> node.put("campaign", campaign));
            firing.revision().ifPresent(revision -> node.put("revision", revision));
            if (!firing.detail().isEmpty()) {
                node.put("detail", firing.detail());
            }
        }
        return firings;
    }
}
