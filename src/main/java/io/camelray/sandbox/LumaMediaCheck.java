package io.camelray.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
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
    private static final Pattern PRIVATE_HOST = Pattern.compile(
            "localhost|.*\\.(local|internal)|127\\..*|10\\..*|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
                    + "|\\[.*]");
    private static final int MAX_IMAGE_BYTES = 52_428_800;

    private final JobBook jobs;
    private final boolean publicOnly;

    LumaMediaCheck(JobBook jobs, boolean publicOnly) {
        this.jobs = jobs;
        this.publicOnly = publicOnly;
    }

    /** The first thing wrong, or nothing. Forms of all references come before the content of any. */
    Optional<Refusal> check(LumaRequest request, String account, Instant now) {
        Map<String, JsonNode> media = request.media();
        return Stream.<Stream<Optional<Refusal>>>of(
                        media.entrySet().stream().map(e -> form(e.getKey(), e.getValue())),
                        media.entrySet().stream().map(e -> parent(e.getKey(), e.getValue(), account, now)),
                        media.entrySet().stream().map(e -> content(e.getKey(), e.getValue())))
                .flatMap(checks -> checks)
                .flatMap(Optional::stream)
                .findFirst();
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
        boolean usable = jobs.find(media.get("generation_id").asText())
                .filter(job -> job.account().equals(account))
                .filter(job -> job.state(now) == JobState.COMPLETED)
                .isPresent();
        return usable ? Optional.empty() : refused(400, path + ": generation not found or not completed");
    }

    private Optional<Refusal> content(String path, JsonNode media) {
        boolean image = !path.equals("source");
        if (image
                && media.hasNonNull("media_type")
                && !IMAGES.contains(media.get("media_type").asText())) {
            return refused(422, path + ": content-type is not an image");
        }
        if (media.hasNonNull("url") && !fetchable(media.get("url").asText())) {
            return refused(422, path + ": failed to fetch URL");
        }
        if (media.hasNonNull("data")) {
            return data(path, media.get("data").asText(), image);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> data(String path, String base64, boolean image) {
        try {
            int length = Base64.getDecoder().decode(base64).length;
            if (image && length > MAX_IMAGE_BYTES) {
                return refused(413, path + ": Image exceeds 50 MB size limit");
            }
            return length == 0 ? refused(422, path + ": invalid base64 data") : Optional.empty();
        } catch (IllegalArgumentException e) {
            return refused(422, path + ": invalid base64 data");
        }
    }

    private boolean fetchable(String url) {
        try {
            URI uri = URI.create(url);
            if (!uri.isAbsolute() || uri.getHost() == null) {
                return false;
            }
            if (publicOnly) {
                return uri.getScheme().equals("https")
                        && !PRIVATE_HOST
                                .matcher(uri.getHost().toLowerCase(Locale.ROOT))
                                .matches();
            }
            return List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isVideo(JsonNode media) {
        return media.path("media_type").asText("").toLowerCase(Locale.ROOT).startsWith("video/");
    }

    private static Optional<Refusal> refused(int status, String detail) {
        return Optional.of(new Refusal(status, detail));
    }
}
