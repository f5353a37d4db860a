package io.camelray.provider;

import io.camelray.model.MediaRef;

/** Turns a request's references into what a provider can take; everything was hosted and looked up before. */
@FunctionalInterface
public interface MediaResolver {

    /** For requests without references. */
    MediaResolver NONE = ref -> {
        throw new IllegalStateException("Nothing was prepared for " + ref);
    };

    ResolvedMedia resolve(MediaRef ref);
}
