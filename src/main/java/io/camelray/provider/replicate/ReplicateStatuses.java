package io.camelray.provider.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.FailureClass;
import io.camelray.provider.Dialect;
import io.camelray.provider.ErrorText;
import io.camelray.provider.JobFailures;
import io.camelray.provider.JobStatus;
import io.camelray.provider.JobStatus.Completed;
import io.camelray.provider.JobStatus.Running;
import io.camelray.provider.OutputList;
import io.camelray.provider.StatusTable;
import io.camelray.provider.WireReply;
import io.camelray.provider.WireTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What each answer to {@code GET /predictions/{id}} says (ray-api §1.3.4). */
final class ReplicateStatuses {

    /** How long after completion the outputs are deleted. */
    private static final Duration RETENTION = Duration.ofHours(1);

    private final Dialect dialect;
    private final StatusTable table;

    ReplicateStatuses(Dialect dialect) {
        this.dialect = dialect;
        this.table = new StatusTable(dialect, "status");
    }

    JobStatus of(WireReply reply, Instant receivedAt) {
        return table.of(reply, job -> read(job, receivedAt));
    }

    private JobStatus read(JsonNode job, Instant receivedAt) {
        String status = job.path("status").asText();
        return switch (status) {
            case "succeeded" -> succeeded(job, receivedAt);
            case "failed" -> failed(job);
            case "canceled" -> stopped(job, "Canceled while it ran", true);
            case "aborted" -> stopped(job, "Aborted before it started", false);
            default -> new Running(ErrorText.bounded(status));
        };
    }

    private JobStatus succeeded(JsonNode job, Instant receivedAt) {
        if (job.path("data_removed").asBoolean()) {
            return JobFailures.failed(
                    dialect.speaker(),
                    FailureClass.OUTPUT_NOT_FOUND,
                    Optional.of("The output was deleted an hour after completion, and is gone for good"),
                    true);
        }
        Instant gone = WireTime.of(job.path("completed_at"))
                .filter(completed -> completed.isBefore(receivedAt))
                .orElse(receivedAt)
                .plus(RETENTION);
        OutputList outputs = new OutputList(gone, gone);
        collect(job.path("output"), outputs);
        return new Completed(Optional.empty(), outputs.outputs());
    }

    /** One address is the rule; what there is with an EXR is not documented (U02). */
    private static void collect(JsonNode output, OutputList outputs) {
        if (output.isTextual()) {
            outputs.addNameless(output.asText());
        } else if (output.isArray()) {
            output.forEach(entry -> collect(entry, outputs));
        } else {
            outputs.addAll("", output);
        }
    }

    /** The price is by output video, so a failure costs nothing. */
    private JobStatus failed(JsonNode job) {
        Optional<String> reason = ErrorText.in(job, "error");
        return JobFailures.failed(
                dialect.speaker(), reason.map(JobFailures::ofText).orElse(FailureClass.OTHER), reason, false);
    }

    private JobStatus stopped(JsonNode job, String how, boolean charged) {
        return JobFailures.cancelled(dialect.speaker(), how, ErrorText.in(job, "error"), charged);
    }
}
