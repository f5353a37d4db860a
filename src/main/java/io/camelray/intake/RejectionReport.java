package io.camelray.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.Violation;
import java.util.List;
import java.util.Optional;

/** The {@code errors.json} that goes with a rejected manifest. */
public final class RejectionReport {

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectWriter writer = json.writerWithDefaultPrettyPrinter();

    /** The document, as JSON in UTF-8. */
    public byte[] write(ManifestSource source, PlanResult.Rejected rejected) {
        return write(source, rejected.campaign(), rejected.violations());
    }

    private byte[] write(ManifestSource source, Optional<String> campaign, List<Violation> violations) {
        ObjectNode report = json.createObjectNode();
        report.put("name", source.name());
        report.put("campaign", campaign.orElse(null));
        report.put("manifest", ManifestText.show(source.bytes()));
        list(report.putArray("errors"), violations);
        try {
            return writer.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each violation as an object, wherever violations are told as JSON. */
    static void list(ArrayNode errors, List<Violation> violations) {
        for (Violation violation : violations) {
            ObjectNode error = errors.addObject();
            error.put("rule", violation.rule());
            error.put("severity", violation.severity().label());
            error.put("file", violation.place().file());
            error.put("pointer", violation.place().pointer());
            error.put("line", violation.place().line());
            error.put("column", violation.place().column());
            error.put("message", violation.message());
            error.put("remedy", violation.remedy());
            error.put("variant", violation.variant());
        }
    }
}
