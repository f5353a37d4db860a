package io.camelray.engine;

/**
 * How the engine works.
 *
 * @param pollPlan when to ask
 * @param retries what is tried again
 * @param http how long the provider may take
 */
public record EngineSettings(PollPlan pollPlan, RetryPolicy retries, HttpTimes http) {}
