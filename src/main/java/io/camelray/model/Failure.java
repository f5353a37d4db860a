package io.camelray.model;

/**
 * Why a render failed.
 *
 * @param kind the class that decides what happens next
 * @param reason what the provider or our own check said, bounded and readable
 * @param remedy what a person can do about it
 */
public record Failure(FailureClass kind, String reason, String remedy) {}
