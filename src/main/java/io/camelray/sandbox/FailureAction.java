package io.camelray.sandbox;

import static io.camelray.sandbox.FailureStage.DOWNLOAD;
import static io.camelray.sandbox.FailureStage.JOB;
import static io.camelray.sandbox.FailureStage.POLL;
import static io.camelray.sandbox.FailureStage.SUBMIT;
import static io.camelray.sandbox.FailureStage.WEBHOOK;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What goes wrong. Every action has a name in plan files, and the stages in which it makes sense. */
public enum FailureAction {
    // Replies in place of the real one: nothing is accepted, nothing is charged.
    MISSING_KEY("401-missing-key", SUBMIT, POLL),
    INVALID_KEY("401-invalid-key", SUBMIT, POLL),
    REVOKED_KEY("401-revoked-key", SUBMIT, POLL),
    EXPIRED_KEY("401-expired-key", SUBMIT, POLL),
    NO_CREDITS("402", SUBMIT),
    SUSPENDED("403-suspended", SUBMIT, POLL),
    DEACTIVATED("403-deactivated", SUBMIT, POLL),
    NOT_FOUND("404", POLL, DOWNLOAD),
    TOO_LARGE("413", SUBMIT),
    BAD_MEDIA("422-string", SUBMIT),
    BAD_SHAPE("422-array", SUBMIT),
    RATE_LIMITED("429-rate", SUBMIT),
    TOO_MANY_JOBS("429-concurrency", SUBMIT),
    BARE_429("429-bare", SUBMIT, POLL),
    ERROR_500("500", SUBMIT, POLL, DOWNLOAD),
    BAD_GATEWAY_JSON("502-json", SUBMIT, POLL),
    BAD_GATEWAY_HTML("502-html", SUBMIT, POLL),
    UNAVAILABLE("503", SUBMIT, POLL, DOWNLOAD),
    GATEWAY_TIMEOUT("504", SUBMIT, POLL),
    EMPTY_ERROR("500-empty", SUBMIT, POLL),
    DETAIL_MISSING("detail-missing", SUBMIT, POLL),
    DETAIL_OBJECT("detail-object", SUBMIT, POLL),
    DETAIL_NUMBER("detail-number", SUBMIT, POLL),
    REDIRECT("redirect", SUBMIT, POLL),
    /** The connection closes without a reply, and no job exists. */
    RESET_BEFORE_ACCEPT("reset-before-accept", SUBMIT),
    /** The connection closes without a reply to a poll. */
    RESET("reset", POLL),

    // The job exists and is charged, but the client cannot tell from the reply.
    RESET_AFTER_ACCEPT("reset-after-accept", SUBMIT),
    /** Nothing comes, not even a header, until the delay is over. */
    DELAY_REPLY("delay-reply", SUBMIT, POLL),
    /** The headers come at once, the body in pieces with the delay between them. */
    SLOW_BODY("slow-body", SUBMIT, POLL),
    EMPTY_BODY("empty-body", SUBMIT, POLL),
    TRUNCATED_JSON("truncated-json", SUBMIT, POLL),
    WRONG_CONTENT_TYPE("wrong-content-type", SUBMIT, POLL),
    ERROR_500_AFTER_ACCEPT("500-after-accept", SUBMIT),
    GATEWAY_TIMEOUT_AFTER_ACCEPT("504-after-accept", SUBMIT),

    // The reply wants to hurt who reads it; the request was carried out all the same.
    /** It begins well and never ends. */
    ENDLESS_BODY("endless-body", SUBMIT, POLL, DOWNLOAD),
    /** 200 MB of faultless JSON. */
    HUGE_JSON("huge-json", SUBMIT, POLL),
    /** Eight million bytes of faultless JSON, each third one an object of its own. */
    CROWDED_JSON("crowded-json", SUBMIT, POLL),
    /** Faultless JSON, nested 10,000 deep. */
    DEEP_JSON("deep-json", SUBMIT, POLL),
    /** A small body that unpacks to a large one, though nobody asked for packed ones. */
    GZIP_BOMB("gzip-bomb", SUBMIT, POLL, DOWNLOAD),
    /** Eight megabytes of headers before the real body. */
    HUGE_HEADERS("huge-headers", SUBMIT, POLL, DOWNLOAD),
    /** The headers come at once, then one byte after each delay, for ever. */
    DRIP("drip", SUBMIT, POLL, DOWNLOAD),
    /** The id is no UTF-8. */
    INVALID_UTF8("invalid-utf8", SUBMIT, POLL),
    /** The reply is about another job. */
    OTHER_JOB("other-job", POLL),
    /** The URL leads to itself. */
    REDIRECT_LOOP("redirect-loop", DOWNLOAD),

    // What becomes of an accepted job.
    CONTENT_MODERATED("content_moderated", JOB),
    GENERATION_FAILED("generation_failed", JOB),
    BUDGET_EXHAUSTED("budget_exhausted", JOB),
    OUTPUT_NOT_FOUND("output_not_found", JOB),
    IMAGE_TOO_LARGE("image_too_large", JOB),
    UNSUPPORTED_FORMAT("unsupported_format", JOB),
    CORRUPT_INPUT("corrupt_input", JOB),
    INVALID_REQUEST("invalid_request", JOB),
    UPSTREAM_RATE_LIMITED("rate_limited", JOB),
    NULL_CODE("null-code", JOB),
    UNKNOWN_CODE("unknown-code", JOB),
    STUCK_QUEUED("stuck-queued", JOB),
    STUCK_PROCESSING("stuck-processing", JOB),
    EMPTY_OUTPUT("empty-output", JOB),
    UNKNOWN_OUTPUT_TYPE("unknown-output-type", JOB),
    EXR_MISSING("exr-missing", JOB),
    EXR_FIRST("exr-first", JOB),
    EXR_ZIP("exr-zip", JOB),
    THUMBNAIL_MISSING("thumbnail-missing", JOB),
    MODEL_ECHO("model-echo", JOB),
    HDR_AS_SDR("hdr-as-sdr", JOB),
    SOURCE_IGNORED("source-ignored", JOB),
    /** The provider stops the job by itself; the whole price is kept. */
    CANCELLED("cancelled", JOB),
    /** The first job for each distinct request fails with {@code generation_failed}; later ones are left alone. */
    FAIL_FIRST_TRY("fail-first-try", JOB),

    // What storage does.
    /** The URL asked for is refused as expired, now and ever after; one minted later works. */
    EXPIRED_FIRST_URL("expired-first-url", DOWNLOAD),
    TRUNCATED_WITH_LENGTH("truncated-with-length", DOWNLOAD),
    TRUNCATED_WITHOUT_LENGTH("truncated-without-length", DOWNLOAD),
    /** Half of the file in chunks, and the connection closes before the last one. */
    CHUNKED_CUT("chunked-cut", DOWNLOAD),
    /** Half of the file without a length, and the connection closes as if that were all. */
    CLOSED_EARLY("closed-early", DOWNLOAD),
    /** The whole file with its length, and more after it. */
    LONGER_THAN_ANNOUNCED("longer-than-announced", DOWNLOAD),
    /** The file packed, though nobody asked for packed ones. */
    GZIPPED("gzipped", DOWNLOAD),
    REDIRECT_TO_PRIVATE("redirect-to-private", DOWNLOAD),
    REDIRECT_TO_FILE("redirect-to-file", DOWNLOAD),
    /** To another host, over plain http. */
    REDIRECT_TO_HTTP("redirect-to-http", DOWNLOAD),
    ZERO_BYTES("zero-bytes", DOWNLOAD),
    HTML_WITH_200("html-with-200", DOWNLOAD),
    SLOW_TRICKLE("slow-trickle", DOWNLOAD),
    /** Nothing comes, not even a header, until the delay is over; then all of it. */
    SLOW_HEADERS("slow-headers", DOWNLOAD),
    RANGE_IGNORED("range-ignored", DOWNLOAD),

    // What happens to a webhook.
    DUPLICATE("duplicate", WEBHOOK),
    /** It comes after the job's next one, if there is one. */
    OUT_OF_ORDER("out-of-order", WEBHOOK),
    WRONG_SIGNATURE("wrong-signature", WEBHOOK),
    /** Its timestamp, rightly signed, is an hour old. */
    STALE_TIMESTAMP("stale-timestamp", WEBHOOK),
    LOST("lost", WEBHOOK);

    private final String wireName;
    private final List<FailureStage> stages;

    FailureAction(String wireName, FailureStage... stages) {
        this.wireName = wireName;
        this.stages = List.of(stages);
    }

    /** The action's name in a plan file. */
    public String wireName() {
        return wireName;
    }

    /** The stages in which the action makes sense. */
    public List<FailureStage> stages() {
        return stages;
    }

    /** Whether the request is carried out in full and only its reply is spoilt. */
    boolean spoilsTheReply() {
        return switch (this) {
            case RESET_AFTER_ACCEPT,
                    DELAY_REPLY,
                    SLOW_BODY,
                    EMPTY_BODY,
                    TRUNCATED_JSON,
                    WRONG_CONTENT_TYPE,
                    ERROR_500_AFTER_ACCEPT,
                    GATEWAY_TIMEOUT_AFTER_ACCEPT -> true;
            default -> isHostile();
        };
    }

    /** Whether the reply is made to hurt who reads it. */
    boolean isHostile() {
        return switch (this) {
            case ENDLESS_BODY,
                    HUGE_JSON,
                    CROWDED_JSON,
                    DEEP_JSON,
                    GZIP_BOMB,
                    HUGE_HEADERS,
                    DRIP,
                    INVALID_UTF8,
                    OTHER_JOB -> true;
            default -> false;
        };
    }

    static Optional<FailureAction> named(String wireName) {
        return Arrays.stream(values())
                .filter(action -> action.wireName.equals(wireName))
                .findFirst();
    }
}
