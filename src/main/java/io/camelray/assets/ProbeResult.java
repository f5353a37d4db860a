package io.camelray.assets;

import io.camelray.model.MediaFacts;

/** What a look into a reference came to. */
public sealed interface ProbeResult permits ProbeResult.Found, MediaRefusal {

    /**
     * It is there and is an image or a video. What it does not say about itself is 0 in the facts.
     *
     * @param content tells its bytes from all others, wherever they lie: {@code sha256} where all were read, else the
     *     SHA-256 of the beginning with the length and the server's strong tag; empty for a local file, whose reference
     *     carries its digest
     */
    record Found(MediaFacts facts, String content) implements ProbeResult {}
}
