package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Judges a request's media references: their form, then the generations they name, then their content. */
final class LumaMediaCheck {

    private static final List<String> LOCATORS = List.of("url", "data", "generation_id", "file_id");
    private static final List<String> IMAGES = List.of("image/jpeg", "image/png", "image/webp", "image/gif");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final double MAX_EDIT_SECONDS = 18;
    private static final double MAX_SECONDS = 30;

    private final JobBook jobs;
    private final MediaInspector inspector;

    LumaMediaCheck(JobBook jobs, MediaInspector inspector) {
        this.jobs = jobs;
        this.inspector = inspector;
    }

    /** The first refusal, or what is known of the source. Forms of all references come before the content of any. */
    Inspection check(LumaRequest request, String account, Instant now) {
        Map<String, JsonNode> media = request.media();
        Optional<Refusal> early = Stream.<Stream<Optional<Refusal>>>of(
                        media.entrySet().stream().map(e -> form(e.getKey(), e.getValue())),
                        media.entrySet().stream().map(e -> parent(e.getKey(), e.getValue(), account, now)))
                .flatMap(checks -> checks)
                .flatMap(Optional::stream)
                .findFirst();
        if (early.isPresent()) {
            return Inspection.refused(early.get().status(), early.get().detail());
        }
        Inspection source = Inspection.NOTHING;
        for (Map.Entry<String, JsonNode> one : media.entrySet()) {
            Inspection content = content(one.getKey(), one.getValue());
            if (content.refusal().isPresent()) {
                return content;
            }
            if (one.getKey().equals("source")) {
                source = content;
            }
        }
        return source.shape().map(SourceShape::seconds).orElse(0.0) > limit(request)
                ? Inspection.refused(422, "source: video is longer than " + (int) limit(request) + " seconds")
                : source;
    }

    private static double limit(LumaRequest request) {
        return request.isEdit() ? MAX_EDIT_SECONDS : MAX_SECONDS;
    }

    private static Optional<Refusal> form(String path, JsonNode media) {
        long locators = LOCATORS.stream().filter(media::hasNonNull).count();
        if (locators != 1) {
            String how = locators == 0 ? "not neither" : "not both";
            return refused(400, path + ": provide either 'url' or 'data', " + how);
        }
        if (LOCATORS.stream().anyMatch(l -> media.hasNonNull(l) && !media.get(l).isTextual())) {
            return refused(400, path + ": must be text");
        }
        if (media.hasNonNull("data") && !media.hasNonNull("media_type")) {
            return refused(400, path + ": 'media_type' is required with 'data'");
        }
        if (path.equals("source") && (media.hasNonNull("url") || media.hasNonNull("data")) && !isVideo(media)) {
            return refused(400, path + ": 'media_type' must be a video type");
        }
        for (String id : List.of("generation_id", "file_id")) {
            if (media.hasNonNull(id) && !UUID.matcher(media.get(id).asText()).matches()) {
                return refused(400, path + ": '" + id + "' is not a valid UUID");
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> parent(String path, JsonNode media, String account, Instant now) {
        if (!media.hasNonNull("generation_id")) {
            return Optional.empty();
        }
        boolean usable = jobs.parent(
                        Provider.LUMA, account, media.get("generation_id").asText(), now)
                .isPresent();
        return usable ? Optional.empty() : refused(400, path + ": generation not found or not completed");
    }

    private Inspection content(String path, JsonNode media) {
        boolean image = !path.equals("source");
        if (image
                && media.hasNonNull("media_type")
                && !IMAGES.contains(media.get("media_type").asText())) {
            return Inspection.refused(422, path + ": content-type is not an image");
        }
        if (media.hasNonNull("url")) {
            String url = media.get("url").asText();
            return image ? inspector.imageAt(path, url) : inspector.filmAt(path, url);
        }
        return media.hasNonNull("data") ? data(path, media.get("data").asText(), image) : Inspection.NOTHING;
    }

    private Inspection data(String path, String base64, boolean image) {
        try {
            byte[] data = Base64.getDecoder().decode(base64);
            if (data.length > 0) {
                return image ? inspector.image(path, data) : inspector.film(path, data);
            }
        } catch (IllegalArgumentException e) {
            // Refused below, as no data at all is.
        }
        return Inspection.refused(422, path + ": invalid base64 data");
    }

    private static boolean isVideo(JsonNode media) {
        return media.path("media_type").asText("").toLowerCase(Locale.ROOT).startsWith("video/");
    }

    private static Optional<Refusal> refused(int status, String detail) {
        return Optional.of(new Refusal(status, detail));
    }
}
