package io.camelray.component;

import io.camelray.assets.Egress;
import io.camelray.delivery.CampaignDigest.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Digests, and how long files are kept.
 *
 * @param digests which are wanted
 * @param json as JSON instead of text
 * @param retention by what is kept; what is absent is kept for ever
 */
public record UpkeepSettings(Wanted digests, boolean json, Map<Kept, Duration> retention) {

    /** Undo windows last up to a week, and are taken back by deleting the accepted manifest. */
    private static final Duration SHORTEST = Duration.ofDays(8);

    /** What is kept for a time. */
    public enum Kept {
        ACCEPTED,
        REJECTED,
        REPORTS,
        RECEIPTS,
        EVENTS;

        /** As the property says it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static UpkeepSettings of(RayUpkeepOptions options) {
        return new UpkeepSettings(
                wanted(options),
                oneOf("notifyFormat", options.getNotifyFormat(), "text", "json").equals("json"),
                text(options.getRetention()).map(UpkeepSettings::retention).orElse(Map.of()));
    }

    private static Wanted wanted(RayUpkeepOptions options) {
        String when = oneOf("notifyWhen", options.getNotifyWhen(), "attention", "always");
        return text(options.getNotifyUri()).isEmpty() ? Wanted.NEVER : Wanted.valueOf(when.toUpperCase(Locale.ROOT));
    }

    /** How this machine gets out. @throws IllegalArgumentException naming the property that is wrong */
    static Egress egress(RayUpkeepOptions options) {
        return Egress.of(
                text(options.getHttpProxy()),
                text(options.getHttpTrustStore()).map(Path::of),
                text(options.getHttpTrustStorePassword()).map(Secrets::read));
    }

    private static Map<Kept, Duration> retention(String text) {
        Map<Kept, Duration> kept = new EnumMap<>(Kept.class);
        for (String entry : text.split(",")) {
            String[] parts = entry.strip().split("=", 2);
            Kept what = Arrays.stream(Kept.values())
                    .filter(candidate -> candidate.label().equals(parts[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("ray.retention." + parts[0]
                            + " means nothing: kept for a time are "
                            + Arrays.stream(Kept.values()).map(Kept::label).collect(Collectors.joining(", "))));
            if (parts.length == 2 && !parts[1].isBlank()) {
                kept.put(what, days(what, parts[1].strip()));
            }
        }
        return Map.copyOf(kept);
    }

    private static Duration days(Kept what, String value) {
        if (!value.matches("[1-9][0-9]{0,4}d") || Integer.parseInt(value.replace("d", "")) < SHORTEST.toDays()) {
            throw new IllegalArgumentException("ray.retention." + what.label() + " is '" + value
                    + "', but must be a number of days from " + SHORTEST.toDays() + "d, or empty for ever");
        }
        return Duration.ofDays(Integer.parseInt(value.replace("d", "")));
    }

    private static String oneOf(String option, String value, String... allowed) {
        if (!Arrays.asList(allowed).contains(value)) {
            throw new IllegalArgumentException("The option " + option + " of the ray component is '" + value
                    + "', but must be " + String.join(" or ", allowed));
        }
        return value;
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::trim).filter(trimmed -> !trimmed.isEmpty());
    }
}
