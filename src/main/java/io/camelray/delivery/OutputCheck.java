package io.camelray.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.assets.ContentCredentials;
import io.camelray.assets.Magic;
import io.camelray.assets.Mp4Defect;
import io.camelray.assets.Mp4Findings;
import io.camelray.assets.Mp4Result;
import io.camelray.assets.Mp4Walk;
import io.camelray.assets.ZipWalk;
import io.camelray.delivery.OutputVerdict.Broken;
import io.camelray.delivery.OutputVerdict.Sound;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges a downloaded file by its bytes: broken files are refused, whole files of another shape than asked are flagged. */
public final class OutputCheck {

    static final String ZIP_TYPE = "application/zip";
    static final String JPEG_TYPE = "image/jpeg";

    /** Judges a file whose source's length nobody knows. @throws IOException if the file cannot be read */
    public OutputVerdict check(OutputKind kind, Path file, RenderRequest request) throws IOException {
        return check(kind, file, request, OptionalLong.empty());
    }

    /**
     * @param sourceMillis how long the clip is that was worked on, if that is known
     * @throws IOException if the file cannot be read
     */
    public OutputVerdict check(OutputKind kind, Path file, RenderRequest request, OptionalLong sourceMillis)
            throws IOException {
        if (Files.size(file) == 0) {
            return new Broken("The " + kind.label() + " is empty");
        }
        Magic magic = Magic.of(file);
        if (magic.isText()) {
            return new Broken("Instead of the " + kind.label() + " the store sent a page of text");
        }
        return switch (kind) {
            case VIDEO -> video(file, request, sourceMillis);
            case EXR -> exr(magic, file);
            case THUMBNAIL -> thumbnail(magic);
        };
    }

    private static OutputVerdict video(Path file, RenderRequest request, OptionalLong sourceMillis) throws IOException {
        Mp4Result result = Mp4Walk.of(file);
        if (result instanceof Mp4Defect defect) {
            return new Broken(defect.sentence());
        }
        Mp4Findings video = (Mp4Findings) result;
        ObjectNode findings = JsonNodeFactory.instance
                .objectNode()
                .put("width", video.width())
                .put("height", video.height())
                .put("durationMillis", video.durationMillis())
                .put("codec", video.codec())
                .put("frames", video.frames())
                .put("framesPerSecond", video.framesPerSecond())
                .put("hdr", video.saysHdr())
                .put("c2pa", ContentCredentials.areIn(file));
        return sound("video/mp4", findings, VideoExpectation.flags(request, video, sourceMillis));
    }

    private static OutputVerdict exr(Magic magic, Path file) throws IOException {
        if (magic.isExr()) {
            return sound("image/x-exr", JsonNodeFactory.instance.objectNode().put("form", "exr"), List.of());
        }
        if (magic.isZip()) {
            Optional<String> defect = ZipWalk.defect(file);
            return defect.isPresent()
                    ? new Broken(defect.get())
                    : sound(ZIP_TYPE, JsonNodeFactory.instance.objectNode().put("form", "zip"), List.of());
        }
        return new Broken("The EXR export is neither an OpenEXR file nor a ZIP package");
    }

    private static OutputVerdict thumbnail(Magic magic) {
        String type = magic.imageType();
        if (type.isEmpty()) {
            return new Broken("The thumbnail is no JPEG, PNG, WebP, GIF or AVIF image");
        }
        boolean named = type.equals(JPEG_TYPE) || type.equals("image/png");
        List<String> flags = named ? List.of() : List.of("it is of type " + type + " under a name of a PNG");
        return sound(type, JsonNodeFactory.instance.objectNode(), flags);
    }

    private static Sound sound(String contentType, ObjectNode findings, List<String> flags) {
        ArrayNode array = findings.putArray(Findings.FLAGS);
        flags.forEach(array::add);
        return new Sound(contentType, findings);
    }
}
