package io.camelray.sandbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a job's file is on the storage origin; each provider has its own place and its own names. */
record StoragePath(Provider provider, String jobId, OutputFile file) {

    private static final Pattern LUMA = Pattern.compile("/outputs/([^/]+)\\.(mp4|exr|zip)");
    private static final Pattern GMI = Pattern.compile("/gmi-outputs/([^/]+)/(?:output|thumbnail)\\.(mp4|exr|zip|jpg)");
    private static final Pattern REPLICATE = Pattern.compile("/xezq/([^/]+)/output\\.(mp4|exr|zip)");

    static Optional<StoragePath> parse(String path) {
        return match(Provider.LUMA, LUMA.matcher(path))
                .or(() -> match(Provider.GMI, GMI.matcher(path)))
                .or(() -> match(Provider.REPLICATE, REPLICATE.matcher(path)));
    }

    private static Optional<StoragePath> match(Provider provider, Matcher matcher) {
        return matcher.matches()
                ? OutputFile.withExtension(matcher.group(2))
                        .map(file -> new StoragePath(provider, matcher.group(1), file))
                : Optional.empty();
    }

    @Override
    public String toString() {
        String name = file == OutputFile.THUMBNAIL ? "thumbnail" : "output";
        return switch (provider) {
            case LUMA -> "/outputs/" + jobId + "." + file.extension();
            case GMI -> "/gmi-outputs/" + jobId + "/" + name + "." + file.extension();
            case REPLICATE -> "/xezq/" + jobId + "/" + name + "." + file.extension();
        };
    }
}
