package io.camelray.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.DeliveryLedger.FailedRevision;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import java.util.List;

/** What the dead-letter channel says about the failed renders of a revision: why, what it cost, what to do. */
public final class DeadLetter {

    private final ObjectMapper json = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /**
     * The renders to name: those that failed by themselves. What starts from them goes again with them; it is named only
     * if nothing else is left to name.
     */
    public List<RenderRecord> roots(FailedRevision failed) {
        List<RenderRecord> roots = failed.failed().stream()
                .filter(render -> failure(render).kind() != FailureClass.PARENT)
                .toList();
        return roots.isEmpty() ? failed.failed() : roots;
    }

    /** Why a render failed, what it cost and what to do, as lines for people. */
    public List<String> explanation(RenderRecord render) {
        Failure failure = failure(render);
        String cost = "cost so far: " + render.confirmed();
        String why = failure.kind().label() + ": " + failure.reason();
        return failure.remedy().isEmpty()
                ? List.of(render.id() + ", " + cost, why)
                : List.of(render.id() + ", " + cost, why, failure.remedy());
    }

    /**
     * The same as one JSON message.
     *
     * @param name what a file of the manifest would be called
     * @param manifest the manifest to drop for trying again
     */
    public String message(FailedRevision failed, String name, String manifest) {
        ObjectNode node = RecordJson.object();
        node.put("name", name);
        node.put("campaign", failed.campaign());
        node.put("revision", failed.revision());
        Money cost = Money.ZERO;
        ArrayNode renders = node.putArray("failed");
        for (RenderRecord render : failed.failed()) {
            renders.add(render(render));
            cost = cost.plus(render.confirmed());
        }
        node.put("costSoFar", RecordJson.dollars(cost));
        node.put("manifest", manifest);
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values could not be written as JSON", e);
        }
    }

    private static ObjectNode render(RenderRecord render) {
        ObjectNode node = RecordJson.object();
        node.put("render", render.id().toString());
        node.put("step", render.step());
        node.put("variant", render.label());
        node.set("cell", Findings.tree(render.cell()));
        node.setAll(RecordJson.failure(failure(render)));
        node.put("costSoFar", RecordJson.dollars(render.confirmed()));
        node.put("attempts", render.attempts().size());
        node.put("provider", render.provider().label());
        node.put("account", render.account());
        render.job().ifPresent(job -> node.put("job", job.value()));
        node.put("failedAt", render.changedAt().toString());
        return node;
    }

    private static Failure failure(RenderRecord render) {
        return render.failure().orElse(new Failure(FailureClass.OTHER, render.note(), ""));
    }
}
