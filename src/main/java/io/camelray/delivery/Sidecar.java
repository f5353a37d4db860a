package io.camelray.delivery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.DeliveryLedger.EarlierObject;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The JSON document beside a delivered video: what it is, how it was made, what it cost. It names no presigned URL and no
 * key of anybody.
 */
public final class Sidecar {

    static final String CONTENT_TYPE = "application/json";
    static final String DISCLOSURE = "This video was made by artificial intelligence.";
    static final String DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private final ObjectMapper json = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /**
     * The key of a render's sidecar: beside its video, else its EXR, else its thumbnail; or beside {@code storedKey} if
     * that lies elsewhere.
     *
     * @param storedKey of the output that was stored last
     */
    public String key(PendingOutput pending, String storedKey) {
        return keyBesideSibling(pending).orElse(storedKey + ".json");
    }

    /** The key beside what counts more of the same render, if that is stored at the same destination. */
    Optional<String> keyBesideSibling(PendingOutput pending) {
        Optional<OutputRecord> before =
                stored(pending).filter(output -> output.kind().compareTo(pending.kind()) < 0);
        return before.flatMap(output -> keyOf(pending.destination(), output.location()))
                .map(key -> key + ".json");
    }

    /** The same for a render whose last output will never come. */
    String key(PendingOutput pending) {
        return key(pending, pending.key());
    }

    private static Optional<OutputRecord> stored(PendingOutput pending) {
        return pending.render().outputs().stream()
                .filter(output -> output.kind() != pending.kind())
                .filter(output -> output.missing().isEmpty())
                .min(Comparator.comparing(OutputRecord::kind));
    }

    private static Optional<String> keyOf(Destination destination, String location) {
        String start = destination instanceof Destination.Folder folder
                ? folder.path().toString().replaceFirst("/?$", "/")
                : destination.locate("");
        return location.startsWith(start) && location.length() > start.length()
                ? Optional.of(location.substring(start.length()))
                : Optional.empty();
    }

    /** The document of a render whose last output was just proven to be stored. */
    public byte[] document(PendingOutput pending, SecuredOutput stored, String entityTag, Instant deliveredAt) {
        return document(pending, current(pending, stored, entityTag, deliveredAt), deliveredAt);
    }

    /** The document of a render that is delivered without its last output. @param reason why */
    byte[] document(PendingOutput pending, String reason, Instant deliveredAt) {
        return document(pending, absent(pending, reason), deliveredAt);
    }

    /** The document of a render whose last output stays where it was delivered before. @param warning why */
    byte[] document(PendingOutput pending, EarlierObject earlier, String warning, Instant deliveredAt) {
        return document(pending, kept(pending, earlier), warning, deliveredAt);
    }

    /** What could not be delivered anew of another output is the render's note. */
    private byte[] document(PendingOutput pending, OutputRecord last, Instant deliveredAt) {
        return document(pending, last, pending.render().note(), deliveredAt);
    }

    private byte[] document(PendingOutput pending, OutputRecord last, String warning, Instant deliveredAt) {
        RenderRecord render = pending.render();
        ObjectNode node = RecordJson.identity(render);
        node.put("aiGenerated", true);
        node.put("digitalSourceType", DIGITAL_SOURCE_TYPE);
        node.put("disclosure", DISCLOSURE);
        node.put("prompt", render.request().prompt());
        node.set("parameters", RecordJson.request(render.request()));
        node.put("provider", render.provider().label());
        node.put("account", render.account());
        render.job().ifPresent(job -> node.put("job", job.value()));
        node.set("attempts", RecordJson.attempts(render));
        node.set("price", RecordJson.price(render.price(), render.confirmed()));
        ArrayNode outputs = node.putArray("outputs");
        boolean listed = false;
        for (OutputRecord output : render.outputs()) {
            boolean current = !listed
                    && output.kind() == pending.kind()
                    && output.storedAt().isEmpty();
            listed |= current;
            outputs.add(RecordJson.output(current ? last : output));
        }
        if (!listed) {
            outputs.add(RecordJson.output(last));
        }
        if (!warning.isEmpty()) {
            node.put("warning", warning);
        }
        timings(node.putObject("timings"), render, deliveredAt);
        return bytes(node);
    }

    private static OutputRecord current(
            PendingOutput pending, SecuredOutput stored, String entityTag, Instant deliveredAt) {
        return new OutputRecord(
                pending.kind(),
                stored.location(),
                Optional.of(deliveredAt),
                stored.bytes(),
                stored.sha256(),
                stored.contentType(),
                entityTag,
                stored.findings(),
                "");
    }

    private static OutputRecord kept(PendingOutput pending, EarlierObject earlier) {
        return new OutputRecord(
                pending.kind(),
                earlier.location(),
                Optional.of(earlier.storedAt()),
                earlier.bytes(),
                earlier.sha256(),
                earlier.contentType(),
                earlier.entityTag(),
                earlier.findings(),
                "");
    }

    private static OutputRecord absent(PendingOutput pending, String reason) {
        return new OutputRecord(
                pending.kind(),
                pending.destination().locate(pending.key()),
                Optional.empty(),
                0,
                "",
                "",
                "",
                "",
                reason);
    }

    private static void timings(ObjectNode node, RenderRecord render, Instant deliveredAt) {
        node.put("plannedAt", render.plannedAt().toString());
        render.attempts().stream()
                .filter(attempt -> attempt.job().isPresent())
                .reduce((first, second) -> second)
                .ifPresent(attempt -> {
                    node.put("submittedAt", attempt.boundAt().toString());
                    attempt.repliedAt().ifPresent(at -> node.put("acceptedAt", at.toString()));
                });
        node.put("deliveredAt", deliveredAt.toString());
        node.put(
                "secondsFromPlanToDelivery",
                Duration.between(render.plannedAt(), deliveredAt).toSeconds());
    }

    private byte[] bytes(ObjectNode node) {
        try {
            return json.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values could not be written as JSON", e);
        }
    }
}
