package io.camelray.assets;

import io.camelray.assets.DownloadResult.Complete;
import io.camelray.assets.DownloadResult.Transient;
import io.camelray.assets.DownloadResult.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** Takes the body of one successful reply into the file, and calls it complete only when every byte is there. */
final class BodyReceiver {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final int BUFFER = 64 * 1024;

    private final DownloadSettings settings;

    BodyReceiver(DownloadSettings settings) {
        this.settings = settings;
    }

    /** @throws IOException if the connection breaks or the file cannot be written */
    DownloadResult receive(ClassicHttpResponse response, String from, PartFile part, ThroughputGuard guard)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Unusable("The server answered without a body at " + from);
        }
        String contentType = contentType(response);
        if (contentType.equals("text/html") || contentType.equals("application/xhtml+xml")) {
            return new Unusable("The server answered with a web page instead of the file at " + from);
        }
        long total;
        if (response.getCode() == 206) {
            Optional<Transient> mismatch = checkRange(response, from, part);
            if (mismatch.isPresent()) {
                part.restart("");
                return mismatch.get();
            }
            total = entity.getContentLength() < 0 ? -1 : part.length() + entity.getContentLength();
        } else {
            part.restart(header(response, "ETag"));
            total = entity.getContentLength();
        }
        if (Math.max(total, part.length()) > settings.maxBytes()) {
            return tooLarge(from);
        }
        copy(entity, part, guard);
        if (part.length() > settings.maxBytes()) {
            part.restart("");
            return tooLarge(from);
        }
        return finish(response, from, part, contentType, total);
    }

    private DownloadResult finish(
            ClassicHttpResponse response, String from, PartFile part, String contentType, long total)
            throws IOException {
        long whole = rangeTotal(response);
        if (whole >= 0 && part.length() > whole) {
            long length = part.length();
            part.restart("");
            return new Transient(length + " bytes arrived instead of " + whole + " from " + from, Optional.empty());
        }
        long expected = whole >= 0 ? whole : total;
        if (expected >= 0 && part.length() != expected) {
            return new Transient(
                    "Only " + part.length() + " of " + expected + " bytes arrived from " + from, Optional.empty());
        }
        if (part.length() == 0) {
            return new Unusable("The server answered with an empty file at " + from);
        }
        return new Complete(part.complete(), contentType, header(response, "ETag"));
    }

    private void copy(HttpEntity entity, PartFile part, ThroughputGuard guard) throws IOException {
        InputStream in = entity.getContent();
        byte[] buffer = new byte[BUFFER];
        guard.restartWindow();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            try {
                part.append(buffer, count);
            } catch (IOException e) {
                throw new UnwritableFileException(part + " cannot be written: " + e, e);
            }
            guard.arrived(count);
            if (part.length() > settings.maxBytes()) {
                return;
            }
        }
    }

    private Unusable tooLarge(String from) {
        return new Unusable("The file is larger than the allowed " + settings.maxBytes() + " bytes at " + from);
    }

    /** A part that does not continue exactly where we stopped, up to the end, is worthless. */
    private static Optional<Transient> checkRange(ClassicHttpResponse response, String from, PartFile part) {
        Matcher range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
        String tag = header(response, "ETag");
        boolean fits = part.canResume()
                && range.matches()
                && Long.parseLong(range.group(1)) == part.length()
                && (range.group(3).equals("*") || Long.parseLong(range.group(2)) + 1 == Long.parseLong(range.group(3)))
                && (tag.isEmpty() || tag.equals(part.tag()));
        return fits
                ? Optional.empty()
                : Optional.of(new Transient(
                        "The server sent another part than the one asked for at " + from, Optional.empty()));
    }

    private static long rangeTotal(ClassicHttpResponse response) {
        Matcher range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
        return response.getCode() == 206 && range.matches() && !range.group(3).equals("*")
                ? Long.parseLong(range.group(3))
                : -1;
    }

    private static String contentType(ClassicHttpResponse response) {
        String value = header(response, "Content-Type");
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }
}
