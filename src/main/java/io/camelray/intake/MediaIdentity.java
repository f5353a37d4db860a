package io.camelray.intake;

import io.camelray.model.MediaRef;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What makes two references the same: content where it is known, never a signature that expires. */
final class MediaIdentity {

    private static final Pattern SIGNED = Pattern.compile(
            "[?&](X-Amz-(Signature|Expires|Credential)|X-Goog-(Signature|Expires)|Signature|Expires|sig)=",
            Pattern.CASE_INSENSITIVE);

    private final UnaryOperator<String> parents;
    private final Function<MediaRef, Optional<String>> contents;

    /**
     * @param parents the fingerprint of the render that a step of this id stands for
     * @param contents what tells the bytes of a reference from all others, where somebody looked into them
     */
    MediaIdentity(UnaryOperator<String> parents, Function<MediaRef, Optional<String>> contents) {
        this.parents = parents;
        this.contents = contents;
    }

    String of(MediaRef ref) {
        if (ref instanceof MediaRef.Step step) {
            return "render " + parents.apply(step.id());
        }
        if (ref instanceof MediaRef.Generation generation) {
            return "generation " + generation.id();
        }
        if (ref instanceof MediaRef.LocalFile file) {
            return "sha256 " + file.sha256();
        }
        return contents.apply(ref).orElseGet(() -> place(ref));
    }

    /** Where nobody looked, the place has to do. */
    private static String place(MediaRef ref) {
        return ref instanceof MediaRef.Stored object
                ? "object " + object.bucket() + '/' + object.key()
                : "url " + lasting(((MediaRef.Web) ref).url());
    }

    /** The address without its query, if that is a signature. */
    private static String lasting(String url) {
        return SIGNED.matcher(url).find() ? url.substring(0, url.indexOf('?')) : url;
    }
}
