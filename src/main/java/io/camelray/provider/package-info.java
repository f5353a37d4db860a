/**
 * What a provider is to us: neutral requests become its bytes, its replies become neutral answers. Other rooms use
 * {@link io.camelray.provider.Provider}, which {@link io.camelray.provider.Providers} gives out by name; each provider
 * lives in a package of its own below this one. No policy lives
 * here and nothing is sent from here: no retries, no waiting, no HTTP client.
 */
package io.camelray.provider;
