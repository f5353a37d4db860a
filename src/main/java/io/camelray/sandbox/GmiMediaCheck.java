package io.camelray.sandbox;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Judges what a GMI payload refers to: prior clips of the account, images, and inline sources. */
final class GmiMediaCheck {

    private static final double MAX_SECONDS = 30;
    private static final double SAME_RATIO = 0.01;
    private static final List<String> PARENTS =
            List.of("start_frame_generation_id", "end_frame_generation_id", "source_generation_id");

    private final JobBook jobs;
    private final MediaInspector inspector;

    GmiMediaCheck(JobBook jobs, MediaInspector inspector) {
        this.jobs = jobs;
        this.inspector = inspector;
    }

    /** The first thing wrong, else the measures of the source or the parent, if there is one. */
    Inspection check(GmiRequest request, String account, Instant now) {
        Inspection found = Inspection.NOTHING;
        for (String name : PARENTS) {
            if (request.payload().has(name)) {
                Optional<Job> parent =
                        jobs.parent(Provider.GMI, account, request.payload().text(name, ""), now);
                if (parent.isEmpty()) {
                    return Inspection.refused(400, name + ": generation not found or not completed");
                }
                found = Inspection.of(shape(parent.get().clip()));
            }
        }
        for (String name : List.of("start_frame_url", "end_frame_url")) {
            if (request.payload().has(name)) {
                Inspection image = inspector.imageAt(name, request.payload().text(name, ""));
                if (image.refusal().isPresent()) {
                    return image;
                }
            }
        }
        if (!request.isGenerate() && request.payload().has("source_data")) {
            found = inline(request.payload().text("source_data", ""));
        }
        return found.refusal().isPresent() ? found : measured(request, found);
    }

    private Inspection inline(String base64) {
        try {
            return inspector.film("source_data", Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Inspection.refused(400, "source_data: invalid base64 data");
        }
    }

    private static Inspection measured(GmiRequest request, Inspection found) {
        if (request.isGenerate() || found.shape().isEmpty()) {
            return found;
        }
        SourceShape source = found.shape().get();
        if (source.seconds() > MAX_SECONDS) {
            return Inspection.refused(400, "source video must be 30 seconds or shorter");
        }
        double own = (double) source.width() / source.height();
        double asked = SourceShape.value(request.payload().text("aspect_ratio", "1:1"));
        return request.isReframe() && Math.abs(asked / own - 1) <= SAME_RATIO
                ? Inspection.refused(400, "aspect_ratio must differ from the source's")
                : found;
    }

    private static SourceShape shape(ClipSpec clip) {
        ClipShape shape = clip.shape();
        return new SourceShape(shape.width(), shape.height(), shape.frames() / (double) ClipShape.FRAMES_PER_SECOND);
    }
}
