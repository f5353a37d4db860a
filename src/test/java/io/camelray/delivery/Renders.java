package io.camelray.delivery;

import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.DeliveryLedger.SecuredFile;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.AttemptRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.AspectRatio;
import io.camelray.model.AttemptToken;
import io.camelray.model.Destination;
import io.camelray.model.Failure;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.Price;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Renders as the ledger would tell them. */
final class Renders {

    static final Instant PLANNED = Instant.parse("2026-11-21T10:00:00Z");
    static final RenderRequest REQUEST =
            RenderRequest.textToVideo("A lamp on a table, über-bright").withAspectRatio(AspectRatio.R16X9);

    private Renders() {}

    static RenderRecord render(long id, RenderState state, OutputRecord... outputs) {
        return render(id, state, REQUEST, Optional.empty(), Optional.empty(), "", outputs);
    }

    static RenderRecord render(
            long id,
            RenderState state,
            RenderRequest request,
            Optional<HoldReason> held,
            Optional<Failure> failure,
            String note,
            OutputRecord... outputs) {
        return render(id, ProviderName.LUMA, state, request, held, failure, note, outputs);
    }

    private static RenderRecord render(
            long id,
            ProviderName provider,
            RenderState state,
            RenderRequest request,
            Optional<HoldReason> held,
            Optional<Failure> failure,
            String note,
            OutputRecord... outputs) {
        boolean paid = state == RenderState.RENDERED || state == RenderState.DELIVERED;
        AttemptRecord attempt = new AttemptRecord(
                new AttemptToken(new UUID(0, id)),
                1,
                "accepted",
                "",
                Optional.of(new ProviderJobId("job-" + id)),
                PLANNED.plusSeconds(1),
                Optional.of(PLANNED.plusSeconds(2)),
                Money.dollars("0.40"));
        return new RenderRecord(
                new RenderId(id),
                "spring",
                3,
                "digest0123",
                "hero",
                "{\"sku\":\"lämp-" + id + "\",\"ratio\":\"16:9\"}",
                "lämp-" + id + "_16x9",
                12,
                provider,
                "main",
                request,
                "print",
                new Price(Money.dollars("0.30"), Money.dollars("0.40"), "two sources differ"),
                state,
                held,
                failure,
                note,
                paid ? Money.dollars("0.30") : Money.ZERO,
                PLANNED,
                PLANNED.plusSeconds(60),
                Optional.empty(),
                paid ? List.of(attempt) : List.of(),
                List.of(outputs),
                false,
                Optional.empty());
    }

    static OutputRecord stored(OutputKind kind, String location, String findings) {
        return new OutputRecord(
                kind, location, Optional.of(PLANNED.plusSeconds(90)), 1234, "abcd", "video/mp4", "tag", findings, "");
    }

    static OutputRecord waiting(OutputKind kind, String location) {
        return new OutputRecord(kind, location, Optional.empty(), 0, "", "", "", "", "");
    }

    /** An output that waits for its delivery. */
    static PendingOutput pending(
            OutputKind kind, String url, Destination destination, int attempt, Optional<SecuredFile> secured) {
        String key =
                switch (kind) {
                    case VIDEO -> "spring/lamp.mp4";
                    case EXR -> "spring/lamp.exr";
                    case THUMBNAIL -> "spring/lamp.jpg";
                };
        String alternateKey =
                switch (kind) {
                    case VIDEO -> "";
                    case EXR -> "spring/lamp.zip";
                    case THUMBNAIL -> "spring/lamp.png";
                };
        RenderRecord render = kind == OutputKind.EXR
                ? render(
                        17,
                        RenderState.RENDERED,
                        stored(
                                OutputKind.VIDEO,
                                destination.locate("spring/lamp.mp4"),
                                "{\"width\":1280,\"flags\":[]}"),
                        waiting(OutputKind.EXR, destination.locate(key)))
                : render(17, RenderState.RENDERED, waiting(kind, destination.locate(key)));
        return new PendingOutput(
                5,
                render,
                kind,
                url,
                PLANNED.plusSeconds(3600),
                destination,
                key,
                alternateKey,
                attempt,
                secured,
                true);
    }

    /** A video of Replicate that waits for its delivery. */
    static PendingOutput ofReplicate(String url, Destination destination, Optional<SecuredFile> secured) {
        PendingOutput like = pending(OutputKind.VIDEO, url, destination, 0, secured);
        RenderRecord render = render(
                17,
                ProviderName.REPLICATE,
                RenderState.RENDERED,
                REQUEST,
                Optional.empty(),
                Optional.empty(),
                "",
                waiting(OutputKind.VIDEO, destination.locate(like.key())));
        return new PendingOutput(
                like.outputId(),
                render,
                like.kind(),
                url,
                like.expiresAt(),
                destination,
                like.key(),
                "",
                like.attempt(),
                secured,
                true);
    }
}
