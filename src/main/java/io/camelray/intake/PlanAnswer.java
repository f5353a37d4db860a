package io.camelray.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.PlanningLedger.Revision;
import java.util.Optional;

/** What became of a manifest as one JSON document, for those who wait for an answer or read a queue. */
public final class PlanAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanAnswer() {}

    /** The document about a manifest, as JSON in UTF-8. */
    public static byte[] of(ManifestSource source, PlanResult result) {
        ObjectNode document = begin(source, outcome(result));
        if (result instanceof PlanResult.Accepted accepted) {
            revision(document, accepted.revision());
            document.putObject("renders")
                    .put("new", accepted.added())
                    .put("kept", accepted.kept())
                    .put("cancelled", accepted.cancelled())
                    .put("deliveredAnew", accepted.redelivered());
            document.put("held", accepted.held());
            document.putObject("dollars")
                    .put("expected", accepted.price().expected().toDollars())
                    .put("upperBound", accepted.price().upperBound().toDollars());
            accepted.deadline().ifPresent(deadline -> document.putObject("deadline")
                    .put("readyBy", deadline.readyBy().toString())
                    .put("estimatedSeconds", deadline.estimate().toSeconds())
                    .put("latestStart", deadline.latestStart().toString())
                    .put("inTime", !deadline.isMissed()));
            RejectionReport.list(document.putArray("warnings"), accepted.warnings());
        } else if (result instanceof PlanResult.Repeated repeated) {
            revision(document, repeated.revision());
        } else if (result instanceof PlanResult.Rejected rejected) {
            refused(document, source, rejected.campaign());
            RejectionReport.list(document.putArray("errors"), rejected.violations());
        }
        return write(document);
    }

    /** The document about a filled-in report. */
    public static byte[] of(ManifestSource source, SheetApproval.Outcome done) {
        ObjectNode document =
                begin(source, done.refused() ? "rejected" : done.violations().isEmpty() ? "accepted" : "partly");
        if (done.refused()) {
            refused(document, source, done.campaign());
        } else {
            document.put("campaign", done.campaign().orElse(null));
            document.put("approved", done.approved());
            document.put("rejected", done.rejected());
        }
        RejectionReport.list(document.putArray("errors"), done.violations());
        return write(document);
    }

    /** How headers and documents call what became of a manifest. */
    private static String outcome(PlanResult result) {
        return result instanceof PlanResult.Accepted
                ? "accepted"
                : result instanceof PlanResult.Repeated ? "repeated" : "rejected";
    }

    private static ObjectNode begin(ManifestSource source, String outcome) {
        return JSON.createObjectNode().put("outcome", outcome).put("name", source.name());
    }

    private static void revision(ObjectNode document, Revision revision) {
        document.put("campaign", revision.campaign()).put("revision", revision.number());
    }

    private static void refused(ObjectNode document, ManifestSource source, Optional<String> campaign) {
        document.put("campaign", campaign.orElse(null));
        document.put("manifest", ManifestText.show(source.bytes()));
    }

    private static byte[] write(ObjectNode document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
