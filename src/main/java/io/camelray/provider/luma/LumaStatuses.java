package io.camelray.provider.luma;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.OutputKind;
import io.camelray.provider.ErrorText;
import io.camelray.provider.JobStatus;
import io.camelray.provider.JobStatus.AccountFault;
import io.camelray.provider.JobStatus.Completed;
import io.camelray.provider.JobStatus.Failed;
import io.camelray.provider.JobStatus.Inconclusive;
import io.camelray.provider.JobStatus.Missing;
import io.camelray.provider.JobStatus.Output;
import io.camelray.provider.JobStatus.Running;
import io.camelray.provider.UrlExpiry;
import io.camelray.provider.WireReply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What each answer to {@code GET /generations/{id}} says (ray-api §1.1.8, §1.1.10). */
final class LumaStatuses {

    private static final Duration URL_LIFE = Duration.ofHours(1);

    JobStatus of(WireReply reply, Instant receivedAt) {
        return switch (reply.status()) {
            case 200 -> read(reply, receivedAt);
            case 404 -> new Missing(ErrorText.of(reply, "detail"));
            case 401, 403 ->
                new AccountFault("Luma refuses to be asked (" + reply.status() + "): " + ErrorText.of(reply, "detail"));
            default ->
                new Inconclusive(
                        "HTTP " + reply.status() + ": " + ErrorText.of(reply, "detail"),
                        reply.number("Retry-After").map(Duration::ofSeconds));
        };
    }

    private static JobStatus read(WireReply reply, Instant receivedAt) {
        Optional<JsonNode> body = ErrorText.object(reply);
        if (body.isEmpty()) {
            return new Inconclusive("The answer is not a JSON object", Optional.empty());
        }
        String state = body.get().path("state").asText("");
        return switch (state) {
            case "completed" -> completed(body.get(), receivedAt);
            case "failed" -> failed(body.get());
            default -> new Running(ErrorText.bounded(state));
        };
    }

    private static JobStatus completed(JsonNode body, Instant receivedAt) {
        List<Output> outputs = new ArrayList<>();
        for (JsonNode entry : body.path("output")) {
            String url = entry.path("url").asText("");
            if (!url.isEmpty()) {
                kind(entry.path("type").asText(""), url).ifPresent(kind -> {
                    if (outputs.stream().noneMatch(output -> output.kind() == kind)) {
                        outputs.add(new Output(kind, url, UrlExpiry.of(url).orElse(receivedAt.plus(URL_LIFE))));
                    }
                });
            }
        }
        return new Completed(Optional.ofNullable(body.path("id").asText(null)), outputs);
    }

    /** The order of entries means nothing; the EXR's type is not documented, so its name may be in the path only. */
    private static Optional<OutputKind> kind(String type, String url) {
        String path = path(url);
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.contains("exr") || path.endsWith(".exr") || path.endsWith(".zip")) {
            return Optional.of(OutputKind.EXR);
        }
        if (lower.equals("video") || path.endsWith(".mp4")) {
            return Optional.of(OutputKind.VIDEO);
        }
        return Optional.empty();
    }

    private static String path(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getPath()).orElse("").toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static JobStatus failed(JsonNode body) {
        String code = body.path("failure_code").asText("");
        String said = body.path("failure_reason").asText("");
        String reason = ErrorText.bounded((code + ": " + said).replaceAll("^: |: $", ""));
        FailureClass kind =
                switch (code) {
                    case "content_moderated" -> FailureClass.MODERATED;
                    case "generation_failed", "rate_limited" -> FailureClass.GENERATION_FAILED;
                    case "output_not_found" -> FailureClass.OUTPUT_NOT_FOUND;
                    case "budget_exhausted" -> FailureClass.BUDGET_EXHAUSTED;
                    case "image_too_large", "unsupported_format", "corrupt_input", "invalid_request" ->
                        FailureClass.INPUT;
                    default -> FailureClass.OTHER;
                };
        return new Failed(
                new Failure(kind, reason.isEmpty() ? "Luma gives no reason" : reason, remedy(kind)),
                kind == FailureClass.BUDGET_EXHAUSTED);
    }

    private static String remedy(FailureClass kind) {
        return switch (kind) {
            case MODERATED -> "Change the prompt; the same one will be blocked again";
            case BUDGET_EXHAUSTED -> "Add balance to the Luma account, then retry";
            case INPUT -> "Check the inputs against Luma's limits";
            case GENERATION_FAILED, OUTPUT_NOT_FOUND -> "Retry; a new attempt is a new paid job";
            default -> "Ask Luma about the generation";
        };
    }
}
