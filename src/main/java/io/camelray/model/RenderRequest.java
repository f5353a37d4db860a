package io.camelray.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one render asks for, neutral between providers, with every default applied. Whether it makes sense is for the rules
 * to say: this type can hold what no provider accepts.
 *
 * @param operation what the render does
 * @param prompt 1 to 6000 characters (R06)
 * @param aspectRatio empty: the provider decides
 * @param resolution defaults to 720p
 * @param length defaults to 5 s; of no meaning for edit and reframe, which follow their source
 * @param hdr an HDR-encoded MP4
 * @param exrExport an EXR alongside the HDR MP4
 * @param loop a seamless loop
 * @param startFrame generate: the first frame, an image, or a generation to interpolate from (GMI); edit: a guide image
 * @param endFrame generate: the last frame, an image, or a generation to interpolate to (GMI)
 * @param keyframes generate: images at positions, 1 to 64; excludes the two frames above
 * @param source extend, edit, reframe: the clip to work on
 * @param direction extend: which end grows
 * @param edit edit: what is kept of the source
 * @param sourcePosition reframe: where the source lies on the new canvas
 */
public record RenderRequest(
        Operation operation,
        String prompt,
        Optional<AspectRatio> aspectRatio,
        Resolution resolution,
        ClipLength length,
        boolean hdr,
        boolean exrExport,
        boolean loop,
        Optional<MediaRef> startFrame,
        Optional<MediaRef> endFrame,
        List<Keyframe> keyframes,
        Optional<MediaRef> source,
        Optional<Direction> direction,
        Optional<EditControls> edit,
        Optional<SourcePosition> sourcePosition) {

    public RenderRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(aspectRatio, "aspectRatio");
        Objects.requireNonNull(resolution, "resolution");
        Objects.requireNonNull(length, "length");
        Objects.requireNonNull(startFrame, "startFrame");
        Objects.requireNonNull(endFrame, "endFrame");
        keyframes = List.copyOf(keyframes);
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(edit, "edit");
        Objects.requireNonNull(sourcePosition, "sourcePosition");
    }

    /** A text-to-video request with the defaults: 720p, 5 s, standard dynamic range, the ratio left to the provider. */
    public static RenderRequest textToVideo(String prompt) {
        return builder(Operation.GENERATE, prompt).build();
    }

    /** A request with the defaults. */
    public static Builder builder(Operation operation, String prompt) {
        return new Builder(operation, prompt);
    }

    public Builder toBuilder() {
        return new Builder(operation, prompt)
                .aspectRatio(aspectRatio)
                .resolution(resolution)
                .length(length)
                .hdr(hdr)
                .exrExport(exrExport)
                .loop(loop)
                .startFrame(startFrame)
                .endFrame(endFrame)
                .keyframes(keyframes)
                .source(source)
                .direction(direction)
                .edit(edit)
                .sourcePosition(sourcePosition);
    }

    public DynamicRange dynamicRange() {
        if (!hdr) {
            return DynamicRange.SDR;
        }
        return exrExport ? DynamicRange.HDR_EXR : DynamicRange.HDR;
    }

    /** Whether a successful render offers this kind of output. A thumbnail may come as well; it is never relied on. */
    public boolean produces(OutputKind kind) {
        return switch (kind) {
            case VIDEO -> true;
            case EXR -> exrExport;
            case THUMBNAIL -> false;
        };
    }

    /** Everything that the render starts from, in the order of the fields. */
    public Stream<MediaRef> media() {
        return isFromText() ? Stream.empty() : references();
    }

    /** Whether the render starts from nothing but its prompt. */
    public boolean isFromText() {
        return startFrame.isEmpty()
                && endFrame.isEmpty()
                && keyframes.isEmpty()
                && source.isEmpty()
                && edit.map(EditControls::keyframes).orElse(List.of()).isEmpty();
    }

    private Stream<MediaRef> references() {
        return Stream.of(
                        startFrame.stream(),
                        endFrame.stream(),
                        keyframes.stream().map(Keyframe::image),
                        source.stream(),
                        edit.stream()
                                .flatMap(controls -> controls.keyframes().stream())
                                .map(Keyframe::image))
                .flatMap(refs -> refs);
    }

    public RenderRequest withPrompt(String value) {
        return toBuilder().prompt(value).build();
    }

    public RenderRequest withAspectRatio(AspectRatio value) {
        return toBuilder().aspectRatio(Optional.of(value)).build();
    }

    public RenderRequest withResolution(Resolution value) {
        return toBuilder().resolution(value).build();
    }

    public RenderRequest withLength(ClipLength value) {
        return toBuilder().length(value).build();
    }

    public RenderRequest withHdr(boolean value) {
        return toBuilder().hdr(value).build();
    }

    public RenderRequest withExrExport(boolean value) {
        return toBuilder().exrExport(value).build();
    }

    public RenderRequest withLoop(boolean value) {
        return toBuilder().loop(value).build();
    }

    /** Collects the fields of a request; each starts at its default. Not thread-safe. */
    public static final class Builder {
        private final Operation operation;
        private String prompt;
        private Optional<AspectRatio> aspectRatio = Optional.empty();
        private Resolution resolution = Resolution.P720;
        private ClipLength length = ClipLength.FIVE_SECONDS;
        private boolean hdr;
        private boolean exrExport;
        private boolean loop;
        private Optional<MediaRef> startFrame = Optional.empty();
        private Optional<MediaRef> endFrame = Optional.empty();
        private List<Keyframe> keyframes = List.of();
        private Optional<MediaRef> source = Optional.empty();
        private Optional<Direction> direction = Optional.empty();
        private Optional<EditControls> edit = Optional.empty();
        private Optional<SourcePosition> sourcePosition = Optional.empty();

        private Builder(Operation operation, String prompt) {
            this.operation = operation;
            this.prompt = prompt;
        }

        public Builder prompt(String value) {
            prompt = value;
            return this;
        }

        public Builder aspectRatio(Optional<AspectRatio> value) {
            aspectRatio = value;
            return this;
        }

        public Builder resolution(Resolution value) {
            resolution = value;
            return this;
        }

        public Builder length(ClipLength value) {
            length = value;
            return this;
        }

        public Builder hdr(boolean value) {
            hdr = value;
            return this;
        }

        public Builder exrExport(boolean value) {
            exrExport = value;
            return this;
        }

        public Builder loop(boolean value) {
            loop = value;
            return this;
        }

        public Builder startFrame(Optional<MediaRef> value) {
            startFrame = value;
            return this;
        }

        public Builder endFrame(Optional<MediaRef> value) {
            endFrame = value;
            return this;
        }

        public Builder keyframes(List<Keyframe> value) {
            keyframes = value;
            return this;
        }

        public Builder source(Optional<MediaRef> value) {
            source = value;
            return this;
        }

        public Builder direction(Optional<Direction> value) {
            direction = value;
            return this;
        }

        public Builder edit(Optional<EditControls> value) {
            edit = value;
            return this;
        }

        public Builder sourcePosition(Optional<SourcePosition> value) {
            sourcePosition = value;
            return this;
        }

        public RenderRequest build() {
            return new RenderRequest(
                    operation,
                    prompt,
                    aspectRatio,
                    resolution,
                    length,
                    hdr,
                    exrExport,
                    loop,
                    startFrame,
                    endFrame,
                    keyframes,
                    source,
                    direction,
                    edit,
                    sourcePosition);
        }
    }
}
