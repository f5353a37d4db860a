package io.camelray.sandbox;

import java.time.Instant;
import java.util.Optional;

/** Works out what an admissible Luma request asks for; edit and reframe take length, and edit the ratio, from their source. */
final class LumaJobs {

    private final JobBook jobs;

    LumaJobs(JobBook jobs) {
        this.jobs = jobs;
    }

    /** @param source what the media check has found out about the source */
    Draft draft(LumaRequest request, String account, Inspection source, Instant now) {
        Optional<Job> parent = parent(request, account, now);
        return new Draft(
                Provider.LUMA,
                account,
                request.type(),
                request.model(),
                request.prompt(),
                request.body(),
                clip(request, parent.map(Job::clip), source.shape()),
                fate(request, parent, source),
                Optional.empty());
    }

    private static ClipSpec clip(LumaRequest request, Optional<ClipSpec> parent, Optional<SourceShape> source) {
        String sourceRatio = parent.map(ClipSpec::ratio)
                .or(() -> source.map(SourceShape::ratio))
                .orElse("16:9");
        double sourceSeconds = parent.map(ClipSpec::seconds)
                .or(() -> source.map(SourceShape::nominalSeconds))
                .orElse(5.0);
        String ratio = request.isEdit() ? sourceRatio : request.text("aspect_ratio", sourceRatio);
        double seconds = request.isVideo() ? request.seconds() : sourceSeconds;
        return new ClipSpec(request.resolution(), ratio, seconds, request.hdr(), request.exr());
    }

    private Optional<Job> parent(LumaRequest request, String account, Instant now) {
        return request.media().values().stream()
                .filter(media -> media.hasNonNull("generation_id"))
                .findFirst()
                .flatMap(media -> jobs.parent(
                        Provider.LUMA, account, media.get("generation_id").asText(), now));
    }

    private static Optional<JobFate> fate(LumaRequest request, Optional<Job> parent, Inspection source) {
        if (request.isExtend() && parent.map(job -> job.clip().hdr()).orElse(false)) {
            return Optional.of(JobFate.failed("generation_failed"));
        }
        return source.failsLater().map(JobFate::failed);
    }
}
