package io.camelray.assets;

/** Why a reference cannot be used, as a sentence. No text in here carries the query of a URL. */
public sealed interface MediaRefusal extends ProbeResult, HostedMedia {

    String reason();

    /** What to do about it. */
    String remedy();

    /** Whether the same reference may work a little later. */
    default boolean retryable() {
        return false;
    }

    /** It could not be got hold of. */
    record Unreachable(String reason, boolean retryable) implements MediaRefusal {

        @Override
        public String remedy() {
            return retryable
                    ? "Try again later; if it stays so, name a copy elsewhere."
                    : "Check the address, or name a copy elsewhere: a local file, or an object that is hosted for you.";
        }
    }

    /** It leads where we do not go, or the configuration does not allow what it needs. */
    record Forbidden(String reason, String remedy) implements MediaRefusal {}

    /** It is there, but it is not what a provider can take. */
    record Unusable(String reason) implements MediaRefusal {

        @Override
        public String remedy() {
            return "Name a JPEG, PNG, WebP or still GIF image, or an MP4 video, that is whole and has not changed.";
        }
    }
}
