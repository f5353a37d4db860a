package io.camelray.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What one render asks for, neutral between providers, with every default applied.
 *
 * @param operation what the render does
 * @param prompt 1 to 6000 characters (R06)
 * @param aspectRatio empty: the provider decides
 * @param resolution defaults to 720p
 * @param length defaults to 5 s
 * @param hdr an HDR-encoded MP4
 * @param exrExport an EXR alongside the HDR MP4
 * @param loop a seamless loop
 */
public record RenderRequest(
        Operation operation,
        String prompt,
        Optional<AspectRatio> aspectRatio,
        Resolution resolution,
        ClipLength length,
        boolean hdr,
        boolean exrExport,
        boolean loop) {

    public RenderRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(aspectRatio, "aspectRatio");
        Objects.requireNonNull(resolution, "resolution");
        Objects.requireNonNull(length, "length");
    }

    /** A text-to-video request with the defaults: 720p, 5 s, standard dynamic range, the ratio left to the provider. */
    public static RenderRequest textToVideo(String prompt) {
        return new RenderRequest(
                Operation.GENERATE,
                prompt,
                Optional.empty(),
                Resolution.P720,
                ClipLength.FIVE_SECONDS,
                false,
                false,
                false);
    }

    public DynamicRange dynamicRange() {
        if (!hdr) {
            return DynamicRange.SDR;
        }
        return exrExport ? DynamicRange.HDR_EXR : DynamicRange.HDR;
    }

    /** The outputs that a successful render delivers. */
    public boolean produces(OutputKind kind) {
        return switch (kind) {
            case VIDEO -> true;
            case EXR -> exrExport;
            case THUMBNAIL -> false;
        };
    }

    public RenderRequest withPrompt(String value) {
        return new RenderRequest(operation, value, aspectRatio, resolution, length, hdr, exrExport, loop);
    }

    public RenderRequest withAspectRatio(AspectRatio value) {
        return new RenderRequest(operation, prompt, Optional.of(value), resolution, length, hdr, exrExport, loop);
    }

    public RenderRequest withResolution(Resolution value) {
        return new RenderRequest(operation, prompt, aspectRatio, value, length, hdr, exrExport, loop);
    }

    public RenderRequest withLength(ClipLength value) {
        return new RenderRequest(operation, prompt, aspectRatio, resolution, value, hdr, exrExport, loop);
    }

    public RenderRequest withHdr(boolean value) {
        return new RenderRequest(operation, prompt, aspectRatio, resolution, length, value, exrExport, loop);
    }

    public RenderRequest withExrExport(boolean value) {
        return new RenderRequest(operation, prompt, aspectRatio, resolution, length, hdr, value, loop);
    }

    public RenderRequest withLoop(boolean value) {
        return new RenderRequest(operation, prompt, aspectRatio, resolution, length, hdr, exrExport, value);
    }
}
