package io.camelray.web;

/**
 * What the configuration says of an account, and the ledger does not know.
 *
 * @param provider its label
 * @param keySet whether it has a key; never which
 * @param hdr {@code yes}, {@code no} or {@code unknown}
 */
public record AccountAccess(String provider, String baseUrl, boolean keySet, String hdr) {}
