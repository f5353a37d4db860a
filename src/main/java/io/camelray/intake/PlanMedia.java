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
 */
public record PlanMedia(Optional<KeptMedia> kept, Optional<MediaProbe> probe, UrlPolicy urls, boolean hosted) {

    /** Nothing is looked into and nothing kept: enough to say what a manifest would do. */
    public static final PlanMedia NONE = new PlanMedia(Optional.empty(), Optional.empty(), UrlPolicy.PUBLIC, false);
}
