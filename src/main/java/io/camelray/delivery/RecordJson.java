package io.camelray.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.AttemptRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.Failure;
import io.camelray.model.Money;
import io.camelray.model.Price;
import io.camelray.model.RenderRequest;
import java.math.BigDecimal;

/** How renders are written as JSON wherever people and tools read them: one shape in sidecars, reports, dead letters. */
final class RecordJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordJson() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    /** Dollars with at least two decimals. */
    static BigDecimal dollars(Money money) {
        BigDecimal amount = money.toDollars().stripTrailingZeros();
        return amount.scale() < 2 ? amount.setScale(2) : amount;
    }

    static ObjectNode request(RenderRequest request) {
        ObjectNode node = object();
        node.put("operation", request.operation().label());
        node.put("prompt", request.prompt());
        request.aspectRatio().ifPresent(ratio -> node.put("aspectRatio", ratio.label()));
        node.put("resolution", request.resolution().label());
        node.put("duration", request.length().label());
        node.put("dynamicRange", request.dynamicRange().label());
        node.put("hdr", request.hdr());
        node.put("exrExport", request.exrExport());
        node.put("loop", request.loop());
        RequestDocument.more(request, node);
        return node;
    }

    static ObjectNode price(Price price, Money confirmed) {
        ObjectNode node = object();
        node.put("currency", "USD");
        node.put("expected", dollars(price.expected()));
        node.put("upperBound", dollars(price.upperBound()));
        node.put("confirmed", dollars(confirmed));
        node.put("basis", "price book");
        if (!price.assumption().isEmpty()) {
            node.put("assumption", price.assumption());
        }
        return node;
    }

    static ObjectNode attempt(AttemptRecord attempt) {
        ObjectNode node = object();
        node.put("number", attempt.number());
        node.put("token", attempt.token().toString());
        node.put("verdict", attempt.verdict());
        if (!attempt.reason().isEmpty()) {
            node.put("reason", attempt.reason());
        }
        attempt.job().ifPresent(job -> node.put("job", job.value()));
        node.put("boundAt", attempt.boundAt().toString());
        attempt.repliedAt().ifPresent(at -> node.put("repliedAt", at.toString()));
        return node;
    }

    static ObjectNode output(OutputRecord output) {
        ObjectNode node = object();
        node.put("kind", output.kind().label());
        if (!output.missing().isEmpty()) {
            return node.put("missing", output.missing());
        }
        node.put("location", output.location());
        output.storedAt().ifPresent(at -> node.put("storedAt", at.toString()));
        if (!output.sha256().isEmpty()) {
            node.put("bytes", output.bytes());
            node.put("sha256", output.sha256());
            node.put("contentType", output.contentType());
        }
        if (!output.entityTag().isEmpty()) {
            node.put("entityTag", output.entityTag());
        }
        JsonNode findings = Findings.tree(output.findings());
        if (!findings.isEmpty()) {
            node.set("findings", findings);
        }
        return node;
    }

    static ObjectNode failure(Failure failure) {
        return object().put("class", failure.kind().label())
                .put("reason", failure.reason())
                .put("remedy", failure.remedy());
    }

    /** What names a render, its place in the campaign and in the manifest. */
    static ObjectNode identity(RenderRecord render) {
        ObjectNode node = object();
        node.put("campaign", render.campaign());
        node.put("revision", render.revision());
        ObjectNode manifest = node.putObject("manifest").put("digest", render.manifestDigest());
        if (render.line() > 0) {
            manifest.put("line", render.line());
        }
        node.put("render", render.id().toString());
        node.put("step", render.step());
        node.put("variant", render.label());
        node.set("cell", Findings.tree(render.cell()));
        render.cancelRequested().ifPresent(at -> node.put("cancelRequestedAt", at.toString()));
        return node;
    }

    static ArrayNode attempts(RenderRecord render) {
        ArrayNode array = NODES.arrayNode();
        render.attempts().forEach(attempt -> array.add(attempt(attempt)));
        return array;
    }
}
