package io.camelray.provider;

/**
 * A call that claims to come from a provider, as it arrived: untrusted, and already bounded in size.
 *
 * @param id what the sender calls this message; the same for each time that it sends it
 * @param timestamp seconds since 1970, as text
 * @param signatures one or more, separated by spaces
 * @param body exactly the bytes that were signed
 */
public record Callback(String id, String timestamp, String signatures, byte[] body) {}
