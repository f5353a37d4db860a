package io.camelray.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.Destination;
import io.camelray.model.Place;
import io.camelray.rules.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code deliver.to}, and keeps it within what the operator allows. */
final class DestinationReader {

    private static final String RULE = "deliver";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private final PlanningSettings settings;

    DestinationReader(PlanningSettings settings) {
        this.settings = settings;
    }

    Destination read(JsonNode to, Place place, Violations violations) {
        if (!to.isTextual()) {
            return settings.deliverTo();
        }
        try {
            Destination destination = Destination.parse(to.textValue());
            if (isClean(destination)
                    && settings.deliverAllowed().stream().anyMatch(allowed -> contains(allowed, destination))) {
                return destination;
            }
            violations.error(
                    Stage.ACCOUNT,
                    RULE,
                    place,
                    "Delivering to '" + Kinds.shorten(to.textValue()) + "' is not allowed.",
                    "Deliver below "
                            + settings.deliverAllowed().stream()
                                    .map(Destination::toString)
                                    .collect(Collectors.joining(" or "))
                            + ", or have the operator extend ray.deliver.allow.");
        } catch (IllegalArgumentException e) {
            violations.error(
                    Stage.ENVELOPE,
                    RULE,
                    place,
                    "'" + Kinds.shorten(to.textValue()) + "' is not a place to deliver to.",
                    "Write s3://bucket/prefix or file:folder.");
        }
        return settings.deliverTo();
    }

    private static boolean isClean(Destination destination) {
        return !CONTROL.matcher(destination.toString()).find()
                && (!(destination instanceof Destination.Bucket bucket)
                        || bucket.prefix().isEmpty()
                        || Arrays.stream(bucket.prefix().split("/"))
                                .noneMatch(
                                        segment -> segment.isEmpty() || segment.equals("..") || segment.equals(".")));
    }

    /** Also for where links really lead. */
    private static boolean contains(Destination allowed, Destination destination) {
        if (!allowed.contains(destination)) {
            return false;
        }
        return !(allowed instanceof Destination.Folder outer)
                || !(destination instanceof Destination.Folder inner)
                || real(inner.path()).startsWith(real(outer.path()));
    }

    private static Path real(Path path) {
        Path existing = path;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null ? path : existing.toRealPath().resolve(existing.relativize(path));
        } catch (IOException e) {
            return path;
        }
    }
}
