package io.camelray.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.RenderRequest;
import io.camelray.provider.ErrorText;
import io.camelray.provider.Provider;
import io.camelray.provider.ReplyJson;
import io.camelray.provider.WireReply;
import java.util.Optional;

/** Compares the model that a reply names with the one that was asked for (P04). */
final class ModelEcho {

    private ModelEcho() {}

    /** What is odd about it, in a sentence; empty when the reply names the right model, or none. */
    static Optional<String> difference(Provider provider, RenderRequest request, WireReply reply) {
        String asked = provider.model(request);
        return Optional.of(reply)
                .filter(WireReply::isSuccess)
                .flatMap(ReplyJson::object)
                .map(body -> body.path("model"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(named -> !named.isBlank() && !named.equals(asked))
                .map(named -> "the provider names the model '" + ErrorText.bounded(named) + "', but " + asked
                        + " was asked for");
    }
}
