package io.camelray.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The properties {@code ray.log.*}.
 *
 * @param json one JSON object to a line instead of text
 * @param file where lines go besides the standard error; empty: nowhere
 * @param maxSize of one file, after which the next begins; so it does every day
 * @param keep how many days of older files stay
 * @param total how large all of them may become; the oldest go
 * @param level of our own lines
 */
record LogSettings(boolean json, Optional<Path> file, FileSize maxSize, int keep, FileSize total, Level level) {

    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG");

    /** @param property the value of a property by its name @throws IllegalArgumentException naming what is wrong */
    static LogSettings of(UnaryOperator<String> property) {
        String format = property.apply("ray.log.format");
        if (!List.of("text", "json").contains(format)) {
            throw new IllegalArgumentException("ray.log.format is '" + format + "', but must be text or json");
        }
        String level = property.apply("ray.log.level").toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException(
                    "ray.log.level is '" + level + "', but must be error, warn, info or debug");
        }
        return new LogSettings(
                format.equals("json"),
                Optional.of(property.apply("ray.log.file").strip())
                        .filter(name -> !name.isEmpty())
                        .map(Path::of),
                size("ray.log.max-size", property),
                days("ray.log.keep-days", property),
                size("ray.log.total", property),
                Level.toLevel(level));
    }

    private static FileSize size(String name, UnaryOperator<String> property) {
        String value = property.apply(name);
        try {
            return FileSize.valueOf(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', but must be a size such as 20MB", e);
        }
    }

    private static int days(String name, UnaryOperator<String> property) {
        String value = property.apply(name);
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(name + " is '" + value + "', but must be a number of days from 1");
        }
        return Integer.parseInt(value);
    }
}
