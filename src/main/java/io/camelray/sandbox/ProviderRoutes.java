package io.camelray.sandbox;

/** One provider's API, mounted at a path of the API origin. */
interface ProviderRoutes {

    /** The path's prefix, such as {@code /v1}. */
    String mount();

    /** Answers a request below the mount. Called by many threads. */
    Answer answer(ApiRequest request);
}
