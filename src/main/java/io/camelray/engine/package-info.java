/**
 * Submitting and polling: the submission protocol, the account governor and the poller. {@link io.camelray.engine.Engine}
 * is what others use, and {@link io.camelray.engine.AdoptionCheck} before a render adopts a job. Nothing here waits for a
 * render with a thread, sends a submission twice, or knows Camel.
 */
package io.camelray.engine;
