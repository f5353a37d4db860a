package io.camelray.assets;

import static io.camelray.assets.BodyReceiver.header;

import io.camelray.assets.DownloadResult.Expired;
import io.camelray.assets.DownloadResult.Transient;
import io.camelray.assets.DownloadResult.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** What a status other than success or redirect means for a presigned URL. */
final class StatusVerdict {

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");
    private static final int MOST_OF_A_BODY = 4096;

    private StatusVerdict() {}

    static DownloadResult on(ClassicHttpResponse response, String from) {
        int status = response.getCode();
        return switch (status) {
            case 400, 401, 403, 404, 410 ->
                new Expired(status, "The store answered " + status + errorCode(response) + " to the URL " + from);
            case 408, 416, 423, 425, 429 -> busy(response, from);
            default ->
                status >= 500
                        ? busy(response, from)
                        : new Unusable("The store answered " + status + errorCode(response) + " to the URL " + from);
        };
    }

    private static Transient busy(ClassicHttpResponse response, String from) {
        return new Transient(
                "The store answered " + response.getCode() + errorCode(response) + " to the URL " + from,
                retryAfter(response));
    }

    private static Optional<Duration> retryAfter(ClassicHttpResponse response) {
        String value = header(response, "Retry-After").trim();
        return value.matches("\\d{1,5}") ? Optional.of(Duration.ofSeconds(Long.parseLong(value))) : Optional.empty();
    }

    /** The code of an S3 error document. Its message is left out: it may quote the signature. */
    private static String errorCode(ClassicHttpResponse response) {
        if (response.getEntity() == null) {
            return "";
        }
        try {
            InputStream in = response.getEntity().getContent();
            String start = new String(in.readNBytes(MOST_OF_A_BODY), StandardCharsets.UTF_8);
            Matcher code = CODE.matcher(start);
            return code.find() ? " (" + code.group(1) + ")" : "";
        } catch (IOException e) {
            return "";
        }
    }
}
