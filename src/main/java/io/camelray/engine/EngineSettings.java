package io.camelray.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How the engine works.
 *
 * @param pollPlan when to ask
 * @param retries what is tried again
 * @param http how long the provider may take
 * @param outputPatience how long a job may be completed without naming a video before its render fails
 * @param creditRecheck after how long an account without credit first tries again by itself
 * @param unknown what becomes of unknown renders that nobody resolves
 * @param webhookSecret what webhooks are signed with at every account; where it is not given, each account's is fetched
 */
public record EngineSettings(
        PollPlan pollPlan,
        RetryPolicy retries,
        HttpTimes http,
        Duration outputPatience,
        Duration creditRecheck,
        UnknownPolicy unknown,
        Optional<String> webhookSecret) {}
