package io.camelray.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The sandbox's own views: {@code /sandbox/ledger} and {@code /sandbox/requests}, open to anyone on this machine. */
final class TruthRoutes implements ProviderRoutes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final GroundTruth truth;

    TruthRoutes(GroundTruth truth) {
        this.truth = truth;
    }

    @Override
    public String mount() {
        return "/sandbox";
    }

    @Override
    public Answer answer(ApiRequest request) {
        if (!request.method().equals("GET")) {
            return new Answer.Send(Reply.detail(405, "Method Not Allowed"));
        }
        return new Answer.Send(
                switch (request.path()) {
                    case "/sandbox/ledger" -> Reply.json(200, ledger());
                    case "/sandbox/requests" -> Reply.json(200, requests());
                    default -> Reply.detail(404, "Not Found");
                });
    }

    private ObjectNode ledger() {
        SandboxLedger ledger = truth.ledger();
        ObjectNode view = JSON.objectNode();
        ArrayNode generations = view.putArray("generations");
        for (SandboxLedger.Generation generation : ledger.generations()) {
            ObjectNode entry = generations.addObject();
            entry.put("id", generation.id());
            entry.put("account", generation.account());
            entry.put("provider", generation.provider());
            entry.put("prompt", generation.prompt());
            entry.put("requestHash", generation.requestHash());
            entry.put("acceptedAt", generation.acceptedAt().toString());
            entry.put("state", generation.state());
            entry.put("priceMicros", generation.price().micros());
            entry.put("charged", generation.isCharged());
            entry.put("chargedMicros", generation.charged().micros());
            entry.put("requestId", generation.requestId());
            entry.set("body", generation.body());
        }
        view.put("posts", ledger.posts());
        view.put("polls", ledger.polls());
        view.put("leakedAuthorization", ledger.leakedAuthorization());
        return view;
    }

    private ArrayNode requests() {
        ArrayNode view = JSON.arrayNode();
        for (WireEntry entry : truth.requests()) {
            ObjectNode request = view.addObject();
            request.put("at", entry.at().toString());
            request.put("origin", entry.origin());
            request.put("method", entry.method());
            request.put("path", entry.path());
            ObjectNode headers = request.putObject("headers");
            entry.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            request.put("body", entry.body());
        }
        return view;
    }
}
