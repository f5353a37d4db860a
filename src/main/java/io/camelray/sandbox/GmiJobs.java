package io.camelray.sandbox;

import java.util.List;
import java.util.Optional;

/** Works out what a GMI request asks for; edit and reframe take length, and edit the ratio, from their source. */
final class GmiJobs {

    private static final List<String> RESOLUTIONS = List.of("540p", "720p", "1080p");

    private GmiJobs() {}

    /**
     * @param source what the media check has found out
     * @param wrong what must make the job fail, if anything; then the payload may hold any nonsense
     */
    static Draft draft(GmiRequest request, String account, Inspection source, Optional<String> wrong) {
        Optional<JobFate> fate = wrong.<JobFate>map(text -> new JobFate.Fails("invalid_request", text, 0))
                .or(() -> source.failsLater().map(JobFate::failed));
        return new Draft(
                Provider.GMI,
                account,
                request.type(),
                request.model(),
                request.prompt(),
                request.body(),
                clip(request, source.shape()),
                fate,
                Optional.empty());
    }

    private static ClipSpec clip(GmiRequest request, Optional<SourceShape> source) {
        String sourceRatio = source.map(SourceShape::ratio).orElse("16:9");
        String asked = request.payload().text("aspect_ratio", request.isExtend() ? sourceRatio : "16:9");
        String ratio = request.isEdit() || !ClipShape.RATIOS.contains(asked) ? sourceRatio : asked;
        double seconds = request.isGenerate()
                ? request.isLong() ? 10 : 5
                : source.map(SourceShape::nominalSeconds).orElse(5.0);
        boolean known = RESOLUTIONS.contains(request.resolution());
        boolean high = known && !request.resolution().equals("540p") && !request.isReframe();
        return new ClipSpec(
                known ? request.resolution() : "720p",
                ratio,
                seconds,
                request.hdr() && high,
                request.exr() && request.hdr() && high);
    }
}
