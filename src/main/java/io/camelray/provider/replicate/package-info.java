/**
 * {@code luma/ray-3.2} at Replicate, in its words (ray-api §1.3):
 * {@link io.camelray.provider.replicate.ReplicateProvider} is all that others use. It generates and nothing else, chains
 * nothing, and its outputs vanish an hour after completion, for good. It never follows an address that a reply names.
 */
package io.camelray.provider.replicate;
