package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.OperatorLedger;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import java.util.Optional;

/**
 * One thing that a person wants done. As a document: {@code {"target": "R17"}}, and for resuming a campaign
 * {@code "budget": "200"} in dollars; the verb is the path that it is sent to.
 *
 * @param target as {@link Target} reads it
 */
public record Order(Verb verb, String target, Optional<String> budget) {

    /** What can be asked for. */
    public enum Verb implements Labelled {
        CANCEL("cancel"),
        PAUSE("pause"),
        RESUME("resume"),
        RETRY("retry"),
        AGAIN("again"),
        APPROVE("approve"),
        REJECT("reject");

        private final String label;

        Verb(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }

    static Order read(Verb verb, JsonNode document) {
        return new Order(
                verb,
                document.path("target").asText(),
                Optional.ofNullable(document.get("budget")).map(JsonNode::asText));
    }

    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("target", target);
        budget.ifPresent(dollars -> document.put("budget", dollars));
        return document;
    }

    /**
     * Does it.
     *
     * @return the target, a {@code message} for people, and what was done in numbers
     * @throws OperatorException if it cannot be done now
     */
    public ObjectNode apply(OperatorLedger ledger) {
        Optional<Money> cap = budget.map(Order::dollars);
        if (cap.isPresent() && !(verb == Verb.RESUME && Target.parse(target) instanceof Target.OfCampaign)) {
            throw new OperatorException("A budget can only be given to a campaign that is resumed");
        }
        Orders orders = new Orders(ledger, target, Target.parse(target));
        return switch (verb) {
            case CANCEL -> orders.cancel();
            case PAUSE -> orders.pause();
            case RESUME -> orders.resume(cap);
            case RETRY -> orders.retry();
            case AGAIN -> orders.again();
            case APPROVE -> orders.approve();
            case REJECT -> orders.reject();
        };
    }

    private static Money dollars(String amount) {
        try {
            Money money = Money.dollars(amount);
            if (money.micros() > 0) {
                return money;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Answered like an amount that is none.
        }
        throw new OperatorException("'" + amount + "' is not an amount of US dollars such as 200.00");
    }
}
