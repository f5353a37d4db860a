package io.camelray.delivery;

import io.camelray.assets.Mp4Findings;
import io.camelray.model.AspectRatio;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Compares what a video is with what was asked for. Every difference is a flag, never a reason not to deliver: it has
 * been paid for, and a person decides. The length of an edit or a reframe is
 * compared with that of its source, where that is known; the ratio of an edit is not compared.
 */
final class VideoExpectation {

    /** A clip may be this much shorter than asked. */
    private static final long SHORTER_MILLIS = 100;
    /** 121 frames at 24 a second are 5.04 s, 241 are 10.04 s. */
    private static final long LONGER_MILLIS = 200;

    private static final double RATIO_TOLERANCE = 0.02;
    /** Codecs round sides to multiples of 16. */
    private static final double ROUNDING_PIXELS = 8;

    private static final double SIDE_TOLERANCE = 0.10;
    private static final double AREA_TOLERANCE = 0.30;

    private VideoExpectation() {}

    /** @param sourceMillis how long the clip is that was worked on, if that is known */
    static List<String> flags(RenderRequest request, Mp4Findings video, OptionalLong sourceMillis) {
        List<String> flags = new ArrayList<>();
        duration(request, video, flags);
        sourceMillis.ifPresent(source -> follows(request, video, source, flags));
        ratio(request, video, flags);
        size(request, video, flags);
        range(request, video, flags);
        return flags;
    }

    private static void duration(RenderRequest request, Mp4Findings video, List<String> flags) {
        if (request.operation() == Operation.EDIT || request.operation() == Operation.REFRAME) {
            return;
        }
        if (video.durationMillis() == 0) {
            flags.add("duration: the file does not say how long it is");
            return;
        }
        long asked = request.length().seconds() * 1000L;
        boolean tooShort = video.durationMillis() < asked - SHORTER_MILLIS;
        boolean tooLong = request.operation() == Operation.GENERATE // an extension may come joined to its source
                && video.durationMillis() > asked + LONGER_MILLIS;
        if (tooShort || tooLong) {
            flags.add(String.format(
                    Locale.ROOT,
                    "duration: %.2f s instead of %d s",
                    video.durationMillis() / 1000.0,
                    request.length().seconds()));
        }
    }

    /** An edit and a reframe are as long as their source; one that is not has ignored it. */
    private static void follows(RenderRequest request, Mp4Findings video, long source, List<String> flags) {
        boolean follows = request.operation() == Operation.EDIT || request.operation() == Operation.REFRAME;
        boolean fits =
                video.durationMillis() >= source - LONGER_MILLIS && video.durationMillis() <= source + LONGER_MILLIS;
        if (follows && video.durationMillis() > 0 && !fits) {
            flags.add(String.format(
                    Locale.ROOT,
                    "duration: %.2f s, though its source has %.2f s",
                    video.durationMillis() / 1000.0,
                    source / 1000.0));
        }
    }

    private static void ratio(RenderRequest request, Mp4Findings video, List<String> flags) {
        if (request.operation() == Operation.EDIT || request.aspectRatio().isEmpty()) {
            return;
        }
        AspectRatio asked = request.aspectRatio().get();
        double width = video.width();
        double height = video.height();
        boolean fits = Math.abs(width / height / asked.value() - 1) <= RATIO_TOLERANCE
                || Math.abs(height - width / asked.value()) <= ROUNDING_PIXELS
                || Math.abs(width - height * asked.value()) <= ROUNDING_PIXELS;
        if (!fits) {
            flags.add("ratio: " + video.width() + "x" + video.height() + " instead of " + asked.label());
        }
    }

    /** The nominal size is the short side; for some ratios the pixel count of 16:9 is kept instead. */
    private static void size(RenderRequest request, Mp4Findings video, List<String> flags) {
        if (request.operation() == Operation.EDIT) {
            return;
        }
        double lines = request.resolution().lines();
        double shortSide = Math.min(video.width(), video.height());
        double area = (double) video.width() * video.height() / (lines * lines * AspectRatio.R16X9.value());
        if (Math.abs(shortSide / lines - 1) > SIDE_TOLERANCE && Math.abs(area - 1) > AREA_TOLERANCE) {
            flags.add("resolution: " + video.width() + "x" + video.height() + " instead of "
                    + request.resolution().label());
        }
    }

    private static void range(RenderRequest request, Mp4Findings video, List<String> flags) {
        if (request.hdr() && video.saysSdr()) {
            flags.add("range: the file says that it is not HDR (" + video.codec() + ")");
        }
        if (!request.hdr() && video.saysHdr()) {
            flags.add("range: the file says that it is HDR (" + video.codec() + "), which was not asked for");
        }
    }
}
