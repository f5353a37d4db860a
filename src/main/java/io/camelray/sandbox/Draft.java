package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * An admissible request, about to become a job.
 *
 * @param type {@code video}, {@code video_edit} or {@code video_reframe}, whatever the provider calls it
 * @param body the request as it came
 * @param fate how it must end; empty when nothing speaks against success
 * @param cancelAfter when the provider is to stop it, from its acceptance
 */
record Draft(
        Provider provider,
        String account,
        String type,
        String model,
        String prompt,
        JsonNode body,
        ClipSpec clip,
        Optional<JobFate> fate,
        Optional<Duration> cancelAfter) {

    FailureInjector.Subject subject() {
        return new FailureInjector.Subject(prompt, clip.resolution(), type, provider.wireName());
    }

    long priceMicros() {
        return SandboxPrices.micros(provider, type, clip);
    }
}
