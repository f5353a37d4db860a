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
    /** Producer: stores a secured output itself, where the other stores of the route cannot. */
    store,
    /** Producer: proves the stored object, writes the sidecar, closes the render. */
    delivered,
    /** Consumer: hands over renders that failed for good. */
    failed,
    /** Consumer: hands over what happens, as CloudEvents. */
    events,
    /** Consumer: hands over the manifests that are dropped into a bucket, to be planned. */
    dropped,
    /** Consumer: hands over the manifests of schedules that fired, to be planned. */
    fired,
    /** Producer: lets failed renders go again: those that a dead-letter manifest or a list names. */
    retry,
    /** Producer: answers all violations of a manifest. */
    validate,
    /** Producer: answers what a manifest would cost. */
    estimate,
    /** Producer: renders one video from text, images or keyframes, and answers with its file. */
    generate,
    /** Producer: renders a clip anew under another prompt, and answers with its file. */
    edit,
    /** Producer: paints a clip out to another aspect ratio, and answers with its file. */
    reframe,
    /** Producer: continues a clip, and answers with its file. */
    extend,
    /** Producer: answers the status of a render, with fresh URLs. */
    fetch,
    /** Producer: cancels a render where that is still possible. */
    cancel,
    /** Producer: takes a provider's webhook; a genuine one only has its job asked for now. */
    webhook
}
