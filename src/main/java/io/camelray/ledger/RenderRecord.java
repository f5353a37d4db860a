package io.camelray.ledger;

import io.camelray.model.AttemptToken;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is recorded about one render.
 *
 * @param cell the axis values as canonical JSON
 * @param label the axis values joined by {@code _}
 * @param line line of the manifest; 0 when unknown
 * @param note why it waits or is unknown, in words; empty when there is nothing to say
 * @param confirmed what it has cost so far, by the price book
 * @param cancelRequested when an operator wanted it cancelled though the provider had it already
 * @param draft whether it was only made to be looked at
 * @param draftObject where its own draft lies, as shown to people, of one that approval was asked for
 */
public record RenderRecord(
        RenderId id,
        String campaign,
        int revision,
        String manifestDigest,
        String step,
        String cell,
        String label,
        int line,
        ProviderName provider,
        String account,
        RenderRequest request,
        String fingerprint,
        Price price,
        RenderState state,
        Optional<HoldReason> held,
        Optional<Failure> failure,
        String note,
        Money confirmed,
        Instant plannedAt,
        Instant changedAt,
        Optional<Instant> cancelRequested,
        List<AttemptRecord> attempts,
        List<OutputRecord> outputs,
        boolean draft,
        Optional<String> draftObject) {

    /**
     * @param verdict {@code posting}, {@code accepted}, {@code not-accepted}, {@code refused}, {@code unknown} or
     *     {@code abandoned}
     * @param reason why; of an accepted one, what a person should know about it
     */
    public record AttemptRecord(
            AttemptToken token,
            int number,
            String verdict,
            String reason,
            Optional<ProviderJobId> job,
            Instant boundAt,
            Optional<Instant> repliedAt,
            Money reserved) {}

    /**
     * @param location where the object is or will be, as shown to people
     * @param storedAt empty until it is proven to be there
     * @param findings what the check measured, as JSON; empty before
     * @param missing why the render is delivered without it; empty if it is there or to come
     */
    public record OutputRecord(
            OutputKind kind,
            String location,
            Optional<Instant> storedAt,
            long bytes,
            String sha256,
            String contentType,
            String entityTag,
            String findings,
            String missing) {}

    /** What was delivered first of all: the video, else the EXR, else the thumbnail. */
    public Optional<OutputRecord> mainOutput() {
        return outputs.stream()
                .filter(output -> output.storedAt().isPresent())
                .min(Comparator.comparing(OutputRecord::kind));
    }

    /** What a person should know about the job that counts, though nothing follows from it. */
    public Optional<String> warning() {
        return attempts.stream()
                .filter(attempt -> attempt.job().isPresent())
                .reduce((first, second) -> second)
                .map(AttemptRecord::reason)
                .filter(reason -> !reason.isEmpty());
    }

    /** The job that counts: the latest accepted one. */
    public Optional<ProviderJobId> job() {
        return attempts.stream().flatMap(attempt -> attempt.job().stream()).reduce((first, second) -> second);
    }
}
