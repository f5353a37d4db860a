package io.camelray.sandbox;

import java.util.Optional;

/**
 * What a look at a request's media has shown.
 *
 * @param refusal why the request cannot be accepted
 * @param shape the measures, where they could be had
 * @param failsLater the failure code of a job that is accepted and cannot succeed
 */
record Inspection(Optional<Refusal> refusal, Optional<SourceShape> shape, Optional<String> failsLater) {

    static final Inspection NOTHING = new Inspection(Optional.empty(), Optional.empty(), Optional.empty());

    static Inspection refused(int status, String detail) {
        return new Inspection(Optional.of(new Refusal(status, detail)), Optional.empty(), Optional.empty());
    }

    static Inspection of(SourceShape shape) {
        return new Inspection(Optional.empty(), Optional.of(shape), Optional.empty());
    }

    static Inspection failing(String code) {
        return new Inspection(Optional.empty(), Optional.empty(), Optional.of(code));
    }
}
