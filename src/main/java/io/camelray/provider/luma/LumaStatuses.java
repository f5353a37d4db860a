package io.camelray.provider.luma;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;

/** What each answer to {@code GET /generations/{id}} says (ray-api §1.1.8, §1.1.10). */
final class LumaStatuses {

    private static final Duration URL_LIFE = Duration.ofHours(1);
    /** No presigned URL of S3 can live longer. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final Dialect dialect;
    private final StatusTable table;

    LumaStatuses(Dialect dialect) {
        this.dialect = dialect;
        this.table = new StatusTable(dialect, "state");
    }

    JobStatus of(WireReply reply, Instant receivedAt) {
        return table.of(reply, job -> read(job, receivedAt));
    }

    private JobStatus read(JsonNode job, Instant receivedAt) {
        String state = job.path("state").asText();
        return switch (state) {
            case "completed" -> completed(job, receivedAt);
            case "failed" -> failed(job);
            default -> new Running(ErrorText.bounded(state));
        };
    }

    /** The EXR's type is not documented, and the order of entries means nothing. */
    private static JobStatus completed(JsonNode job, Instant receivedAt) {
        OutputList outputs = new OutputList(receivedAt.plus(URL_LIFE), receivedAt.plus(LONGEST_LIFE));
        outputs.addAll("", job.path("output"));
        return new Completed(ReplyJson.id(job, "id"), outputs.outputs());
    }

    private JobStatus failed(JsonNode job) {
        String code = job.path("failure_code").asText("");
        String said = job.path("failure_reason").asText("");
        String reason = ErrorText.bounded((code + ": " + said).replaceAll("^: |: $", ""));
        return JobFailures.failed(
                dialect.speaker(), JobFailures.ofCode(code), Optional.of(reason).filter(text -> !text.isEmpty()));
    }
}
