/**
 * The Camel component {@code ray:}. Applications use its endpoints, the options of
 * {@link io.camelray.component.RayComponent} and the header names of {@link io.camelray.component.RayConstants}. What an
 * endpoint does is done by the rooms below; this room only translates between exchanges and them, and holds no rule,
 * price or protocol of its own.
 */
package io.camelray.component;
