package io.camelray.intake;

import io.camelray.model.Destination;
import io.camelray.model.MediaRef;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what a render starts from: a step, a generation, an address, an object or a file. */
final class References {

    private static final String RULE = "reference";
    private static final String GENERATION = "generation:";
    private static final String OBJECT = "s3://";
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
    private static final Pattern GENERATION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//)?.*", Pattern.DOTALL);

    private final List<Step> steps;
    private final List<Destination> allowed;
    private final LocalMedia files;

    /** @param allowed what an {@code s3://} reference may name: these and what is below them */
    References(List<Step> steps, List<Destination> allowed, LocalMedia files) {
        // A step that nobody wrote can be named only by another that nobody wrote.
        this.steps = steps.size() > 1
                ? steps
                : steps.stream().filter(Step::isWritten).toList();
        this.allowed = allowed;
        this.files = files;
    }

    /**
     * What a text refers to; empty if it is nothing that can be used, which is told.
     *
     * @param joins whether the field may name an earlier step
     */
    Optional<MediaRef> read(Step step, boolean joins, Filler.Filled said, String pointer, Complaints complaints) {
        String text = said.text();
        String lower = text.toLowerCase(Locale.ROOT);
        if (steps.stream().anyMatch(other -> other.id().equals(text))) {
            return step(step, joins, said, pointer, complaints);
        }
        if (UUID.matcher(text).matches()) {
            return Optional.of(new MediaRef.Generation(lower));
        }
        if (lower.startsWith(GENERATION)) {
            return generation(said, pointer, complaints);
        }
        if (lower.startsWith("https://")) {
            return Optional.of(new MediaRef.Web(text));
        }
        if (lower.startsWith(OBJECT)) {
            return object(said, pointer, complaints);
        }
        if (SCHEME.matcher(text).matches()) {
            complaints.refuse(
                    said.templated(),
                    lower.startsWith("http:") ? "R98" : RULE,
                    pointer,
                    "'" + Kinds.shorten(text) + "' is not an https:// address.",
                    "Name a step, a generation, an https:// address, an s3:// object or a file beside the manifest.");
            return Optional.empty();
        }
        return file(said, joins, pointer, complaints);
    }

    private Optional<MediaRef> step(
            Step step, boolean joins, Filler.Filled said, String pointer, Complaints complaints) {
        if (!joins || said.templated()) {
            complaints.refuse(
                    said.templated(),
                    RULE,
                    pointer,
                    "'" + said.text() + "' is a step, "
                            + (joins
                                    ? "and a template cannot name one."
                                    : "which makes a video; an image is wanted here."),
                    joins ? "Write the step's id out." : "Name an image.");
            return Optional.empty();
        }
        return step.joins().stream()
                .filter(join -> join.id().equals(said.text()))
                .findFirst()
                .map(join -> new MediaRef.Step(join.id()));
    }

    private static Optional<MediaRef> generation(Filler.Filled said, String pointer, Complaints complaints) {
        String id = said.text().substring(GENERATION.length());
        if (GENERATION_ID.matcher(id).matches()) {
            return Optional.of(new MediaRef.Generation(id));
        }
        complaints.refuse(
                said.templated(),
                RULE,
                pointer,
                "'" + Kinds.shorten(id) + "' is not the id of a generation.",
                "Write generation: and the id as the provider gave it.");
        return Optional.empty();
    }

    private Optional<MediaRef> object(Filler.Filled said, String pointer, Complaints complaints) {
        String rest = said.text().substring(OBJECT.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String key = slash < 0 ? "" : rest.substring(slash + 1);
        boolean clean = !key.isEmpty()
                && !key.endsWith("/")
                && Arrays.stream(key.split("/", -1)).noneMatch(part -> part.equals("..") || part.equals("."));
        if (!clean || !isBucket(bucket)) {
            complaints.refuse(
                    said.templated(),
                    RULE,
                    pointer,
                    "'" + Kinds.shorten(said.text()) + "' is not an object in a bucket.",
                    "Write s3://bucket/key.");
            return Optional.empty();
        }
        if (allowed.stream().noneMatch(place -> holds(place, bucket, key))) {
            complaints.refuse(
                    said.templated(),
                    RULE,
                    pointer,
                    "Starting from '" + Kinds.shorten(said.text()) + "' is not allowed.",
                    (buckets().isEmpty() ? "Use a file beside the manifest" : "Name an object below " + buckets())
                            + ", or have the operator extend ray.assets.allow.");
            return Optional.empty();
        }
        return Optional.of(new MediaRef.Stored(bucket, key));
    }

    private static boolean isBucket(String name) {
        try {
            return new Destination.Bucket(name, "").name().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean holds(Destination place, String bucket, String key) {
        return place instanceof Destination.Bucket mine && mine.name().equals(bucket) && key.startsWith(mine.prefix());
    }

    private String buckets() {
        return allowed.stream()
                .filter(place -> place instanceof Destination.Bucket)
                .map(Destination::toString)
                .collect(Collectors.joining(" or "));
    }

    private Optional<MediaRef> file(Filler.Filled said, boolean joins, String pointer, Complaints complaints) {
        LocalMedia.Look look = files.find(said.text());
        if (look.file().isPresent()) {
            return Optional.of(look.file().get());
        }
        boolean meansStep = joins && !steps.isEmpty() && ManifestInterpreter.isSlug(said.text());
        complaints.refuse(
                said.templated(),
                RULE,
                pointer,
                meansStep
                        ? "There is no step '" + said.text() + "', and no file of that name beside the manifest."
                        : look.problem(),
                meansStep
                        ? Suggestions.didYouMean(
                                said.text(), steps.stream().map(Step::id).toList(), "Steps are: " + ids() + ".")
                        : look.remedy());
        return Optional.empty();
    }

    private String ids() {
        return steps.stream().map(Step::id).collect(Collectors.joining(", "));
    }
}
