package io.camelray.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.model.OutputKind;
import io.camelray.provider.JobStatus.Output;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the files of a finished job and tells what each is: by the provider's word for it, else by the end of its
 * path, never by its position (ray-api §1.1.8, U02). Of each kind one is kept. Not thread-safe.
 */
public final class OutputList {

    private enum Certainty {
        NAMED,
        BY_PATH,
        ASSUMED
    }

    private record Candidate(OutputKind kind, Certainty certainty, int position, String url) {}

    private final Instant otherwise;
    private final Instant latest;
    private final Map<OutputKind, Candidate> best = new EnumMap<>(OutputKind.class);
    private int position;

    /**
     * @param otherwise when a URL dies that does not say it itself
     * @param latest when every URL is dead, whatever it says itself
     */
    public OutputList(Instant otherwise, Instant latest) {
        this.otherwise = otherwise;
        this.latest = latest;
    }

    /** Takes every URL below {@code node}; an object with a {@code url} is one file, its {@code type} names it. */
    public void addAll(String name, JsonNode node) {
        if (node.isTextual()) {
            add(name, node.asText());
        } else if (node.isArray()) {
            node.forEach(entry -> addAll(name, entry));
        } else if (node.path("url").isTextual()) {
            add(node.path("type").asText(name), node.get("url").asText());
        } else {
            node.properties().forEach(field -> addAll(field.getKey(), field.getValue()));
        }
    }

    /** @param name the provider's word for the file; one that says nothing is no loss */
    public void add(String name, String url) {
        Optional<OutputKind> named = named(name.toLowerCase(Locale.ROOT));
        if (named.isPresent()) {
            keep(named.get(), Certainty.NAMED, url);
        } else {
            byPath(url).ifPresent(kind -> keep(kind, Certainty.BY_PATH, url));
        }
    }

    /** A file without a name: a video, unless its path says otherwise. */
    public void addNameless(String url) {
        Optional<OutputKind> kind = byPath(url);
        keep(kind.orElse(OutputKind.VIDEO), kind.isPresent() ? Certainty.BY_PATH : Certainty.ASSUMED, url);
    }

    /** What was found, in the order in which it came. */
    public List<Output> outputs() {
        List<Candidate> found = new ArrayList<>(best.values());
        found.sort(Comparator.comparingInt(Candidate::position));
        return found.stream()
                .map(candidate -> new Output(candidate.kind(), candidate.url(), expiry(candidate.url())))
                .toList();
    }

    private void keep(OutputKind kind, Certainty certainty, String url) {
        if (url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7)) {
            Candidate candidate = new Candidate(kind, certainty, position++, url);
            best.merge(
                    kind,
                    candidate,
                    (first, second) -> second.certainty().compareTo(first.certainty()) < 0 ? second : first);
        }
    }

    private Instant expiry(String url) {
        Instant expiry = UrlExpiry.of(url).orElse(otherwise);
        return expiry.isAfter(latest) ? latest : expiry;
    }

    private static Optional<OutputKind> named(String name) {
        if (name.contains("exr")) {
            return Optional.of(OutputKind.EXR);
        }
        if (name.contains("thumbnail")) {
            return Optional.of(OutputKind.THUMBNAIL);
        }
        return name.equals("video") || name.equals("video_url") ? Optional.of(OutputKind.VIDEO) : Optional.empty();
    }

    private static Optional<OutputKind> byPath(String url) {
        String path = path(url);
        if (path.endsWith(".exr") || path.endsWith(".zip")) {
            return Optional.of(OutputKind.EXR);
        }
        return path.endsWith(".mp4") ? Optional.of(OutputKind.VIDEO) : Optional.empty();
    }

    private static String path(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getPath()).orElse("").toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
