package io.camelray.intake;

import io.camelray.assets.KeptMedia;
import io.camelray.assets.MediaProbe;
import io.camelray.rules.UrlPolicy;
import java.util.Optional;

/**
 * What a planner may do about the images and videos that manifests name.
 *
 * @param kept where copies of files go when their manifest is accepted; empty: nowhere
 * @param probe looks into references; empty: nobody looks
 * @param urls which addresses may be referred to
 * @param hosted whether files and objects are hosted for providers
 * @param taken whether something lies where an output is to go
 */
public record PlanMedia(
        Optional<KeptMedia> kept, Optional<MediaProbe> probe, UrlPolicy urls, boolean hosted, TakenKeys taken) {

    /** Nobody looks where the outputs are to go. */
    public PlanMedia(Optional<KeptMedia> kept, Optional<MediaProbe> probe, UrlPolicy urls, boolean hosted) {
        this(kept, probe, urls, hosted, TakenKeys.NOT_ASKED);
    }

    /** Nothing is looked into and nothing kept: enough to say what a manifest would do. */
    public static final PlanMedia NONE = new PlanMedia(Optional.empty(), Optional.empty(), UrlPolicy.PUBLIC, false);

    /** The same, but somebody looks where the outputs are to go. */
    public PlanMedia looking(TakenKeys keys) {
        return new PlanMedia(kept, probe, urls, hosted, keys);
    }
}
