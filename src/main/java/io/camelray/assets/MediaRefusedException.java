package io.camelray.assets;

/** Ends the reading of a reference; becomes a value at the edge of this room. */
final class MediaRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient MediaRefusal refusal;

    MediaRefusedException(MediaRefusal refusal) {
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    static MediaRefusedException unusable(String reason) {
        return new MediaRefusedException(new MediaRefusal.Unusable(reason));
    }

    static MediaRefusedException forbidden(String reason, String remedy) {
        return new MediaRefusedException(new MediaRefusal.Forbidden(reason, remedy));
    }

    static MediaRefusedException unreachable(String reason, boolean retryable) {
        return new MediaRefusedException(new MediaRefusal.Unreachable(reason, retryable));
    }

    MediaRefusal refusal() {
        return refusal;
    }
}
