package io.camelray.delivery;

/**
 * An output is at its destination, byte for byte.
 *
 * @param location as shown to people
 * @param key below the destination
 * @param entityTag the store's tag; empty in a folder
 * @param evidence what the proof rests on
 * @param sidecarKey below the destination; empty while the render has outputs left
 * @param renderDelivered whether this was the last output
 */
public record Proof(
        String location,
        String key,
        long bytes,
        String sha256,
        String entityTag,
        String evidence,
        String sidecarKey,
        boolean renderDelivered) {}
