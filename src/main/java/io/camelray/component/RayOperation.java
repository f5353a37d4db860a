package io.camelray.component;

/** What a {@code ray:} endpoint does; the first part of its URI. */
public enum RayOperation {
    /** Producer: validates, prices and accepts a manifest, or answers every violation. */
    plan,
    /** Consumer: offers the next render of an account when a permit looks free. */
    due,
    /** Producer: makes an attempt binding, posts it once, records the answer. */
    submit,
    /** Consumer: offers completed outputs, earliest expiry first. */
    rendered,
    /** Producer: downloads an output into the spool and verifies it. */
    secure,
    /** Producer: proves the stored object, writes the sidecar, closes the render. */
    delivered,
    /** Consumer: hands over renders that failed for good. */
    failed,
    /** Producer: answers all violations of a manifest. */
    validate,
    /** Producer: answers what a manifest would cost. */
    estimate
}
