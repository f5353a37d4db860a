package io.camelray.intake;

import io.camelray.model.MediaRef;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What makes two references the same: content where it is known, never a signature that expires. */
final class MediaIdentity {

    private static final Pattern SIGNED = Pattern.compile(
            "[?&](X-Amz-(Signature|Expires|Credential)|X-Goog-(Signature|Expires)|Signature|Expires|sig)=",
            Pattern.CASE_INSENSITIVE);

    private final UnaryOperator<String> parents;

    /** @param parents the fingerprint of the render that a step of this id stands for */
    MediaIdentity(UnaryOperator<String> parents) {
        this.parents = parents;
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
        if (ref instanceof MediaRef.Stored object) {
            return "object " + object.bucket() + '/' + object.key();
        }
        return "url " + lasting(((MediaRef.Web) ref).url());
    }

    /** The address without its query, if that is a signature. */
    private static String lasting(String url) {
        return SIGNED.matcher(url).find() ? url.substring(0, url.indexOf('?')) : url;
    }
}
