/**
 * Submitting and polling: the submission protocol, the account governor and the poller. {@link io.camelray.engine.Engine}
 * is what others use. Nothing here waits for a render with a thread, sends a {@code POST} twice, or knows Camel.
 */
package io.camelray.engine;
