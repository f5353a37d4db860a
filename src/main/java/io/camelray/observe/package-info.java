/**
 * What the program shows to those who watch it, in Camel's own ways: {@link io.camelray.observe.RayMeters} for Micrometer,
 * a health check, JMX, and one OpenTelemetry trace for each revision of a campaign. An application puts
 * {@link io.camelray.observe.RayObservability} into its registry and gets all of it. Nothing here ever shows a prompt, an
 * address, a key or a job's id.
 */
package io.camelray.observe;
