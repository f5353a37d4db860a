package io.camelray.provider;

import io.camelray.model.Capability;
import io.camelray.model.ClipLength;
import io.camelray.model.EditControls;
import io.camelray.model.MediaRef;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.util.stream.Collectors;

/**
 * The last look at a request before it becomes a provider's bytes. The rules have said all of this long before, and
 * better; but whatever slips through must stop here rather than be left out silently and paid for.
 */
public final class RequestShape {

    private RequestShape() {}

    /** @throws UnsupportedRequestException if the provider lacks what is asked for, or the request makes no sense */
    public static void check(ProviderName provider, RenderRequest request) {
        for (Capability needed : Capability.of(request)) {
            require(
                    needed.isOffered(provider),
                    provider.label() + " does not offer: " + needed.label() + "; offered by "
                            + needed.providers().stream()
                                    .map(ProviderName::label)
                                    .collect(Collectors.joining(", ")));
        }
        switch (request.operation()) {
            case GENERATE -> generate(request);
            case EXTEND -> extend(request);
            case EDIT -> edit(request);
            case REFRAME -> reframe(request);
        }
        require(request.hdr() || !request.exrExport(), "An EXR export needs HDR");
    }

    private static void generate(RenderRequest request) {
        require(request.source().isEmpty(), "To generate takes no source");
        require(request.direction().isEmpty(), "Only an extension has a direction");
        noEditAndNoPosition(request);
        boolean anchored =
                request.startFrame().isPresent() || request.endFrame().isPresent();
        boolean excluded = anchored || request.loop();
        require(request.keyframes().isEmpty() || !excluded, "Keyframes exclude a start frame, an end frame and a loop");
    }

    private static void extend(RenderRequest request) {
        require(
                request.source().filter(MediaRef::isGeneration).isPresent(),
                "Only an earlier generation can be extended");
        require(request.direction().isPresent(), "An extension needs a direction");
        require(request.length() == ClipLength.FIVE_SECONDS, "An extension is 5 s long");
        require(!request.hdr(), "An extension has standard dynamic range");
        noFrames(request);
        noEditAndNoPosition(request);
    }

    private static void edit(RenderRequest request) {
        require(request.source().isPresent(), "An edit needs a source");
        require(request.direction().isEmpty(), "Only an extension has a direction");
        require(request.endFrame().isEmpty() && request.keyframes().isEmpty(), "An edit takes a guide frame only");
        require(!request.loop(), "An edit cannot loop");
        require(request.sourcePosition().isEmpty(), "Only a reframe has a source position");
        EditControls controls = request.edit().orElse(EditControls.NONE);
        require(
                !controls.autoControls() || !controls.isManual(),
                "Automatic controls exclude a strength and single controls");
        require(
                controls.keyframes().isEmpty() || request.startFrame().isEmpty(),
                "An edit takes a guide frame or guide keyframes, not both");
    }

    private static void reframe(RenderRequest request) {
        require(request.source().isPresent(), "A reframe needs a source");
        require(request.aspectRatio().isPresent(), "A reframe needs an aspect ratio");
        require(request.direction().isEmpty(), "Only an extension has a direction");
        require(!request.hdr(), "A reframe has standard dynamic range");
        require(!request.loop(), "A reframe cannot loop");
        require(request.edit().isEmpty(), "Only an edit has controls");
        noFrames(request);
    }

    private static void noFrames(RenderRequest request) {
        require(
                request.startFrame().isEmpty()
                        && request.endFrame().isEmpty()
                        && request.keyframes().isEmpty(),
                "A request to " + request.operation().label() + " takes no frames");
    }

    private static void noEditAndNoPosition(RenderRequest request) {
        require(request.edit().isEmpty(), "Only an edit has controls");
        require(request.sourcePosition().isEmpty(), "Only a reframe has a source position");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UnsupportedRequestException(otherwise);
        }
    }
}
