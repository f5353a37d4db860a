package io.camelray.component;

import static io.camelray.component.DeliveryRow.To.BUCKET;
import static io.camelray.component.DeliveryRow.To.BUCKET_IN_PARTS;
import static io.camelray.component.DeliveryRow.To.FOLDER;
import static io.camelray.component.DeliveryRow.download;
import static io.camelray.component.DeliveryRow.store;
import static io.camelray.sandbox.FailureStage.DOWNLOAD;

import io.camelray.component.FaultyStore.What;
import io.camelray.sandbox.FailureAction;
import io.camelray.sandbox.FailureRule;
import java.time.Duration;
import java.util.List;

/** Every bad input that delivery has to stand, and what it comes to. */
final class DeliveryTable {

    static final String NO_SUCH_BUCKET = "no such bucket";
    static final String NO_FOLDER = "a file where the folder should be";

    /** The list, item by item in its own words; the full disk has a test of its own. */
    static final List<String> ALL = List.of(
            "cut at half with length",
            "chunked cut",
            "no length and clean early close",
            "longer than announced",
            "endless",
            "1 byte/s",
            "403 expired",
            "404",
            "500 then good",
            "range ignored",
            "HTML as MP4",
            "gzip-encoded",
            "redirect to a private address",
            "redirect to file:",
            "redirect to http",
            "S3 503 in the middle of an upload",
            "S3 503 in the third part",
            "connection reset after the last byte",
            "lost reply",
            "access denied",
            NO_SUCH_BUCKET,
            "expired credentials");

    private DeliveryTable() {}

    static List<DeliveryRow> rows() {
        return List.of(
                // What never gets better takes longest, so it goes first.
                download("redirect to a private address", always(FailureAction.REDIRECT_TO_PRIVATE))
                        .failing("169.254.169.254"),
                download("redirect to file:", always(FailureAction.REDIRECT_TO_FILE))
                        .failing("does not use https"),
                download("redirect to http", always(FailureAction.REDIRECT_TO_HTTP))
                        .failing("without https"),
                download("HTML as MP4", always(FailureAction.HTML_WITH_200)).failing("web page"),
                download("no length and clean early close", always(FailureAction.CLOSED_EARLY))
                        .failing("mdat"),
                download("endless", always(FailureAction.ENDLESS_BODY)).failing("larger than the allowed"),
                store(NO_SUCH_BUCKET, BUCKET).waiting("NoSuchBucket"),
                store(NO_FOLDER, FOLDER).waiting(""),
                download("cut at half with length", once(FailureAction.TRUNCATED_WITH_LENGTH)),
                download("chunked cut", once(FailureAction.CHUNKED_CUT)),
                download("no length and clean early close", once(FailureAction.CLOSED_EARLY))
                        .waiting("mdat"),
                download("longer than announced", once(FailureAction.LONGER_THAN_ANNOUNCED)),
                download("endless", once(FailureAction.ENDLESS_BODY)).waiting("larger than the allowed"),
                download("1 byte/s", once(FailureAction.DRIP)),
                download("403 expired", once(FailureAction.EXPIRED_FIRST_URL)),
                download("404", once(FailureAction.NOT_FOUND)),
                download("500 then good", once(FailureAction.ERROR_500)).waiting("500"),
                download("range ignored", once(FailureAction.TRUNCATED_WITH_LENGTH), once(FailureAction.RANGE_IGNORED)),
                download("HTML as MP4", once(FailureAction.HTML_WITH_200)).waiting("web page"),
                download("gzip-encoded", once(FailureAction.GZIPPED)).waiting("MP4"),
                store("S3 503 in the middle of an upload", BUCKET).spoilt(What.BUSY_IN_THE_MIDDLE, 0, 1),
                store("S3 503 in the third part", BUCKET_IN_PARTS).spoilt(What.BUSY_IN_THE_MIDDLE, 3, 1),
                // More often than the client repeats it by itself: the upload is aborted and begun anew.
                store("S3 503 in the third part", BUCKET_IN_PARTS)
                        .spoilt(What.BUSY_IN_THE_MIDDLE, 3, 5)
                        .waiting("Could not write"),
                store("connection reset after the last byte", BUCKET).spoilt(What.RESET_AFTER_LAST_BYTE, 0, 1),
                store("connection reset after the last byte", BUCKET_IN_PARTS).spoilt(What.RESET_AFTER_LAST_BYTE, 2, 1),
                store("lost reply", BUCKET).spoilt(What.REPLY_LOST, 0, 1),
                store("lost reply", BUCKET_IN_PARTS).spoilt(What.REPLY_LOST, 1, 1),
                store("access denied", BUCKET).spoilt(What.DENIED, 0, 1).waiting("403"),
                store("access denied", BUCKET_IN_PARTS)
                        .spoilt(What.DENIED, 1, 1)
                        .waiting("AccessDenied"),
                store("expired credentials", BUCKET)
                        .spoilt(What.EXPIRED_CREDENTIALS, 0, 1)
                        .waiting("400"),
                store("expired credentials", BUCKET_IN_PARTS)
                        .spoilt(What.EXPIRED_CREDENTIALS, 2, 1)
                        .waiting("ExpiredToken"));
    }

    private static FailureRule once(FailureAction action) {
        return FailureRule.on(DOWNLOAD, action).delay(Duration.ofSeconds(1));
    }

    private static FailureRule always(FailureAction action) {
        return once(action).always();
    }
}
