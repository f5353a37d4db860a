package io.camelray.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import java.nio.charset.StandardCharsets;

/** The document of a failed render for the dead-letter channel: why it failed, what it cost, what to do. */
public final class DeadLetter {

    public static final String CONTENT_TYPE = "application/json";

    private final ObjectMapper json = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** A file name for the document, unique among all renders of a ledger. */
    public String fileName(RenderRecord render) {
        return render.campaign().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + render.id() + ".json";
    }

    public String document(RenderRecord render) {
        Failure failure = render.failure().orElse(new Failure(FailureClass.OTHER, render.note(), ""));
        ObjectNode node = RecordJson.identity(render);
        node.setAll(RecordJson.failure(failure));
        node.put("costSoFar", RecordJson.dollars(render.confirmed()));
        node.set("price", RecordJson.price(render.price(), render.confirmed()));
        node.put("provider", render.provider().label());
        node.put("account", render.account());
        render.job().ifPresent(job -> node.put("job", job.value()));
        node.set("request", RecordJson.request(render.request()));
        node.set("attempts", RecordJson.attempts(render));
        node.put("failedAt", render.changedAt().toString());
        try {
            return new String(json.writeValueAsBytes(node), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values could not be written as JSON", e);
        }
    }
}
