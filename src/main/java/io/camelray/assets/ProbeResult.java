package io.camelray.assets;

import io.camelray.model.MediaFacts;

/** What a look into a reference came to. */
public sealed interface ProbeResult permits ProbeResult.Found, MediaRefusal {

    /** It is there and is an image or a video. What it does not say about itself is 0 in the facts. */
    record Found(MediaFacts facts) implements ProbeResult {}
}
