package io.camelray.provider.gmi;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.FailureClass;
import io.camelray.provider.Dialect;
import io.camelray.provider.ErrorText;
import io.camelray.provider.JobFailures;
import io.camelray.provider.JobStatus;
import io.camelray.provider.JobStatus.Completed;
import io.camelray.provider.JobStatus.Running;
import io.camelray.provider.OutputList;
import io.camelray.provider.ReplyJson;
import io.camelray.provider.StatusTable;
import io.camelray.provider.WireReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What each answer to {@code GET …/requests/{id}} says (ray-api §1.2.4, §1.2.5). */
final class GmiStatuses {

    private static final Duration URL_LIFE = Duration.ofHours(1);
    /** No presigned URL of Google's store can live longer. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final Dialect dialect;
    private final StatusTable table;

    GmiStatuses(Dialect dialect) {
        this.dialect = dialect;
        this.table = new StatusTable(dialect, "status");
    }

    JobStatus of(WireReply reply, Instant receivedAt) {
        return table.of(reply, job -> read(job, receivedAt));
    }

    private JobStatus read(JsonNode job, Instant receivedAt) {
        String status = job.path("status").asText();
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "success" -> succeeded(job.path("outcome"), receivedAt);
            case "failed" -> failed(job);
            case "cancelled", "canceled" -> cancelled(job);
            default -> new Running(ErrorText.bounded(status));
        };
    }

    /** The place of the EXR is not documented, so every address in the outcome is looked at. */
    private static JobStatus succeeded(JsonNode outcome, Instant receivedAt) {
        OutputList outputs = new OutputList(receivedAt.plus(URL_LIFE), receivedAt.plus(LONGEST_LIFE));
        outputs.addAll("", outcome);
        return new Completed(ReplyJson.id(outcome, "generation_id"), outputs.outputs());
    }

    /** Nobody says what a cancelled job costs, so it counts as paid for. */
    private JobStatus cancelled(JsonNode job) {
        return JobFailures.cancelled(dialect.speaker(), "Cancelled", reason(job), true);
    }

    /** There is no code, only text. */
    private JobStatus failed(JsonNode job) {
        Optional<String> reason = reason(job);
        FailureClass kind = reason.map(JobFailures::ofText).orElse(FailureClass.OTHER);
        return JobFailures.failed(dialect.speaker(), kind, reason);
    }

    private static Optional<String> reason(JsonNode job) {
        return ErrorText.in(job.path("outcome"), "error", "message")
                .or(() -> ErrorText.in(job, "error", "message", "detail"));
    }
}
