package io.camelray.component;

import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.OutputKind;
import io.camelray.provider.JobStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a render stands, as texts, numbers, lists and maps that any JSON library writes. */
final class StatusAnswer {

    private final RenderRecord render;
    private final Optional<String> chainId;
    private final Optional<JobStatus> status;

    /** @param status what the provider says; empty if it could not be asked */
    StatusAnswer(RenderRecord render, Optional<String> chainId, Optional<JobStatus> status) {
        this.render = render;
        this.chainId = chainId;
        this.status = status;
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("render", render.id().toString());
        body.put("campaign", render.campaign());
        body.put("step", render.step());
        body.put("state", render.state().label());
        body.put("provider", render.provider().label());
        body.put("account", render.account());
        render.job().ifPresent(job -> body.put("job", job.value()));
        chainId.ifPresent(id -> body.put("chainId", id));
        stage().ifPresent(stage -> body.put("stage", stage));
        body.put("price", render.confirmed().toDollars());
        render.held().ifPresent(reason -> body.put("held", reason.label()));
        if (!render.note().isEmpty()) {
            body.put("note", render.note());
        }
        render.failure().ifPresent(failure -> {
            body.put("failure", failure.kind().label());
            body.put("reason", failure.reason());
            body.put("remedy", failure.remedy());
        });
        body.put("plannedAt", render.plannedAt().toString());
        body.put("changedAt", render.changedAt().toString());
        body.put("outputs", render.outputs().stream().map(this::output).toList());
        return body;
    }

    /** The provider's own word for how far it is. */
    private Optional<String> stage() {
        return status.orElse(null) instanceof JobStatus.Running running
                ? Optional.of(running.stage())
                : Optional.empty();
    }

    private Map<String, Object> output(OutputRecord output) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", output.kind().label());
        if (!output.missing().isEmpty()) {
            body.put("missing", output.missing());
            return body;
        }
        body.put("location", output.location());
        output.storedAt().ifPresent(at -> {
            body.put("storedAt", at.toString());
            body.put("bytes", output.bytes());
            body.put("sha256", output.sha256());
            body.put("contentType", output.contentType());
        });
        fresh(output.kind()).ifPresent(found -> {
            body.put("url", found.url());
            body.put("urlExpiresAt", found.expiresAt().toString());
        });
        return body;
    }

    private Optional<JobStatus.Output> fresh(OutputKind kind) {
        List<JobStatus.Output> outputs =
                status.orElse(null) instanceof JobStatus.Completed completed ? completed.outputs() : List.of();
        return outputs.stream().filter(output -> output.kind() == kind).findFirst();
    }
}
