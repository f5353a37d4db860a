package io.camelray.intake;

import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file beside another one that holds its SHA-256: 64 hexadecimal digits, and whatever follows, as {@code sha256sum} writes. */
final class Checksum {

    private static final String RULE = "checksum";
    private static final Pattern DIGITS = Pattern.compile("^\\\\?([0-9a-fA-F]{64})(\\s|$)");
    private static final int ENOUGH = 4096;

    private Checksum() {}

    /** What is wrong, if the file does not have this checksum. */
    static Optional<Violation> check(Path file, Path checksum) throws IOException {
        String name = checksum.getFileName().toString();
        String text;
        try (InputStream in = Files.newInputStream(checksum)) {
            text = new String(in.readNBytes(ENOUGH), StandardCharsets.UTF_8).replace("\uFEFF", "");
        }
        Matcher digits = DIGITS.matcher(text.stripLeading());
        if (!digits.find()) {
            return Optional.of(wrong(
                    "'" + name + "' holds no SHA-256.",
                    "Write it with sha256sum: 64 hexadecimal digits, or leave that file away."));
        }
        String actual = LocalMedia.digest(file);
        return actual.equals(digits.group(1).toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(wrong(
                        "The SHA-256 of the file is " + actual + ", not the one in '" + name + "'.",
                        "It did not arrive as it was sent: send both again, the checksum first."));
    }

    private static Violation wrong(String message, String remedy) {
        return new Violation(RULE, Severity.ERROR, Place.NOWHERE, message, remedy, "");
    }
}
