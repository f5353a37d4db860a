package io.camelray.component;

import static io.camelray.component.FailureRow.Ending.delivered;
import static io.camelray.component.FailureRow.Ending.deliveredAfter;
import static io.camelray.component.FailureRow.Ending.failedCharged;
import static io.camelray.component.FailureRow.Ending.failedFree;
import static io.camelray.component.FailureRow.Ending.planned;
import static io.camelray.component.FailureRow.Ending.plannedAgain;
import static io.camelray.component.FailureRow.Ending.rendering;
import static io.camelray.component.FailureRow.Ending.unknown;
import static io.camelray.model.FailureClass.BUDGET_EXHAUSTED;
import static io.camelray.model.FailureClass.DELIVERY;
import static io.camelray.model.FailureClass.GENERATION_FAILED;
import static io.camelray.model.FailureClass.INPUT;
import static io.camelray.model.FailureClass.MODERATED;
import static io.camelray.model.FailureClass.OTHER;
import static io.camelray.model.FailureClass.OUTPUT_NOT_FOUND;
import static io.camelray.model.FailureClass.REJECTED;
import static io.camelray.model.FailureClass.UNREACHABLE;
import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;
import static io.camelray.sandbox.FailureStage.DOWNLOAD;
import static io.camelray.sandbox.FailureStage.JOB;
import static io.camelray.sandbox.FailureStage.POLL;
import static io.camelray.sandbox.FailureStage.SUBMIT;

import io.camelray.model.FailureClass;
import io.camelray.sandbox.FailureAction;
import io.camelray.sandbox.FailureRule;
import io.camelray.sandbox.FailureStage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every failure of ray-api §7.6, and what it makes of a render. */
final class FailureTable {

    /** The failure list of ray-api §7.6, item by item in its own words. */
    static final List<String> SECTION_7_6 = List.of(
            // Synchronous
            "401 ×4 texts",
            "402",
            "403 ×2",
            "413",
            "422 string",
            "422 array",
            "429 RPM",
            "429 concurrency",
            "429 without any header",
            "500",
            "502 JSON",
            "502 HTML",
            "503",
            "504",
            "empty body",
            "truncated JSON",
            "detail missing / object / number",
            "wrong content type",
            "slow headers",
            "slow body",
            "connection reset before accept",
            "connection reset after accept",
            "201 delayed beyond the client timeout",
            "redirect",
            // Asynchronous
            "each failure_code",
            "null code",
            "unknown code",
            "stuck in queued",
            "stuck in processing",
            "completed with empty output",
            "completed with unknown output type",
            "EXR missing",
            "EXR first and video second",
            "HDR silently SDR",
            "model echo different from the request",
            "source silently ignored",
            "first-try generation_failed then success",
            "budget_exhausted with partial charge",
            // Download
            "403 expired on first URL, valid after re-mint",
            "truncated body",
            "wrong length",
            "zero bytes",
            "HTML with 200",
            "slow trickle",
            "503 then OK",
            "range ignored");

    /** What the list does not have, but a provider or somebody in between might do. */
    static final String BEYOND = "beyond §7.6";

    private static final String HOSTILE = "hostile response";

    private static final String HDR_WITH_EXR =
            "prompt: WORD\naspectRatio: \"1:1\"\nresolution: 720p\nhdr: true\nexrExport: true\n";

    private static final String WITH_THUMBNAIL =
            "prompt: WORD\naspectRatio: \"1:1\"\nresolution: 540p\ndeliver: {outputs: [video, thumbnail]}\n";

    private static final String EDIT_OF_A_CLIP =
            """
            defaults: {resolution: 540p}
            steps:
              - {id: base, operation: generate, prompt: a mug, aspectRatio: "9:16"}
              - {id: cut, operation: edit, source: base, prompt: WORD, edit: {autoControls: true}}
            """;

    private FailureTable() {}

    /** Trouble of one render; nothing else notices it. */
    static List<FailureRow> ofOneRender() {
        return Stream.of(refused(), lost(), spoilt(), polled(), failedJobs(), odd(), downloaded(), hostile())
                .flatMap(List::stream)
                .toList();
    }

    private static List<FailureRow> refused() {
        return List.of(
                row(
                        "413",
                        "an input that is too large fails the render for free",
                        failedFree(REJECTED, 0, 1, "50 MB"),
                        once(SUBMIT, FailureAction.TOO_LARGE)),
                row(
                        "422 string",
                        "a refusal in words fails the render with these words",
                        failedFree(REJECTED, 0, 1, "failed to fetch URL"),
                        once(SUBMIT, FailureAction.BAD_MEDIA)),
                row(
                        "422 array",
                        "a refusal in field errors fails the render and names the field",
                        failedFree(REJECTED, 0, 1, "body/video/keyframes: needs at least one item"),
                        once(SUBMIT, FailureAction.BAD_SHAPE)),
                row(
                        "detail missing / object / number",
                        "a refusal without a detail fails the render with what there is",
                        failedFree(REJECTED, 0, 1, "bad request"),
                        once(SUBMIT, FailureAction.DETAIL_MISSING)),
                row(
                        "detail missing / object / number",
                        "a refusal with an object for a detail fails the render with its message",
                        failedFree(REJECTED, 0, 1, "bad request"),
                        once(SUBMIT, FailureAction.DETAIL_OBJECT)),
                row(
                                "detail missing / object / number",
                                "a refusal with a number for a detail fails the render with what there is",
                                failedFree(REJECTED, 0, 1, "17"),
                                once(SUBMIT, FailureAction.DETAIL_NUMBER))
                        .but(REPLICATE, failedFree(REJECTED, 0, 1, "Bad Request")));
    }

    private static List<FailureRow> lost() {
        return List.of(
                row(
                        "500",
                        "a server error leaves the render unknown",
                        unknown(0, "HTTP 500"),
                        once(SUBMIT, FailureAction.ERROR_500)),
                row(
                        "500",
                        "a server error after the job was accepted leaves the render unknown",
                        unknown(1, "HTTP 500"),
                        once(SUBMIT, FailureAction.ERROR_500_AFTER_ACCEPT)),
                row(
                        "empty body",
                        "a server error without a body leaves the render unknown",
                        unknown(0, "HTTP 500 without a message"),
                        once(SUBMIT, FailureAction.EMPTY_ERROR)),
                row(
                                "502 JSON",
                                "a provider's own 502 is tried again, because nothing was accepted",
                                unknown(0, "HTTP 502"),
                                once(SUBMIT, FailureAction.BAD_GATEWAY_JSON))
                        .but(LUMA, deliveredAfter(1, 2)),
                row(
                        "502 HTML",
                        "a 502 page of some proxy leaves the render unknown",
                        unknown(0, "502 Bad Gateway"),
                        once(SUBMIT, FailureAction.BAD_GATEWAY_HTML)),
                row(
                                "503",
                                "a provider's own 503 is tried again, because nothing was accepted",
                                unknown(0, "HTTP 503"),
                                once(SUBMIT, FailureAction.UNAVAILABLE))
                        .but(LUMA, deliveredAfter(1, 2)),
                row(
                                "503",
                                "a 503 that does not end fails the render for free after its technical retries",
                                unknown(0, "HTTP 503"),
                                once(SUBMIT, FailureAction.UNAVAILABLE).always())
                        .but(LUMA, failedFree(UNREACHABLE, 0, 3, "Not accepted 3 times")),
                row(
                        "504",
                        "a gateway's time-out leaves the render unknown",
                        unknown(0, "HTTP 504"),
                        once(SUBMIT, FailureAction.GATEWAY_TIMEOUT)),
                row(
                        "504",
                        "a gateway's time-out after the job was accepted leaves the render unknown",
                        unknown(1, "HTTP 504"),
                        once(SUBMIT, FailureAction.GATEWAY_TIMEOUT_AFTER_ACCEPT)),
                row(
                        "connection reset before accept",
                        "a connection that closes before acceptance leaves the render unknown: nobody can tell",
                        unknown(0, ""),
                        once(SUBMIT, FailureAction.RESET_BEFORE_ACCEPT)),
                row(
                        "connection reset after accept",
                        "a connection that closes after acceptance leaves the render unknown, and it is not posted again",
                        unknown(1, ""),
                        once(SUBMIT, FailureAction.RESET_AFTER_ACCEPT)),
                row(
                        "201 delayed beyond the client timeout",
                        "an acceptance that comes too late leaves the render unknown",
                        unknown(1, ""),
                        once(SUBMIT, FailureAction.DELAY_REPLY)
                                .delay(FailureTableRouteTest.REPLY_TIMEOUT.multipliedBy(3))));
    }

    private static List<FailureRow> spoilt() {
        return List.of(
                row(
                        "empty body",
                        "an acceptance without a body leaves the render unknown",
                        unknown(1, "named no id"),
                        once(SUBMIT, FailureAction.EMPTY_BODY)),
                row(
                        "truncated JSON",
                        "an acceptance cut short leaves the render unknown",
                        unknown(1, "named no id"),
                        once(SUBMIT, FailureAction.TRUNCATED_JSON)),
                row(
                        "wrong content type",
                        "an acceptance under a wrong content type is still one",
                        delivered(),
                        once(SUBMIT, FailureAction.WRONG_CONTENT_TYPE)),
                row(
                        "slow headers",
                        "an acceptance that comes late, but in time, is one",
                        delivered(),
                        once(SUBMIT, FailureAction.DELAY_REPLY).delay(Duration.ofMillis(300))),
                row(
                        "slow body",
                        "an acceptance that comes in pieces is one",
                        delivered(),
                        once(SUBMIT, FailureAction.SLOW_BODY).delay(Duration.ofMillis(100))));
    }

    /** Asking is free: whatever the answer, the render is asked on. */
    private static List<FailureRow> polled() {
        return Stream.of(
                        poll("429 without any header", FailureAction.BARE_429, 1),
                        poll("500", FailureAction.ERROR_500, 2),
                        poll("502 JSON", FailureAction.BAD_GATEWAY_JSON, 2),
                        poll("502 HTML", FailureAction.BAD_GATEWAY_HTML, 2),
                        poll("503", FailureAction.UNAVAILABLE, 2),
                        poll("504", FailureAction.GATEWAY_TIMEOUT, 2),
                        poll("empty body", FailureAction.EMPTY_ERROR, 2),
                        poll("empty body", FailureAction.EMPTY_BODY, 2),
                        poll("truncated JSON", FailureAction.TRUNCATED_JSON, 2),
                        poll("detail missing / object / number", FailureAction.DETAIL_MISSING, 1),
                        poll("detail missing / object / number", FailureAction.DETAIL_OBJECT, 1),
                        poll("detail missing / object / number", FailureAction.DETAIL_NUMBER, 1),
                        poll("wrong content type", FailureAction.WRONG_CONTENT_TYPE, 2),
                        poll("redirect", FailureAction.REDIRECT, 2),
                        poll("connection reset before accept", FailureAction.RESET, 3),
                        poll("slow headers", FailureAction.DELAY_REPLY, 1),
                        poll("slow body", FailureAction.SLOW_BODY, 1),
                        poll(BEYOND, FailureAction.NOT_FOUND, 2))
                .toList();
    }

    private static FailureRow poll(String says, FailureAction action, int times) {
        return row(
                says,
                "'" + action.wireName() + "' in answer to a poll is asked again, and the render delivered",
                delivered(),
                once(POLL, action).times(times).delay(Duration.ofMillis(200)));
    }

    private static List<FailureRow> failedJobs() {
        return List.of(
                row(
                        "each failure_code",
                        "a moderated job fails the render at once and is never paid for again",
                        failedFree(MODERATED, 1, 1, "moderat"),
                        once(JOB, FailureAction.CONTENT_MODERATED).always()),
                row(
                        "each failure_code",
                        "a failed generation is tried again as often as creative retries allow",
                        failedFree(GENERATION_FAILED, 3, 3, "Generation failed"),
                        once(JOB, FailureAction.GENERATION_FAILED).always()),
                row(
                        "each failure_code",
                        "a lost output is worth another attempt, because it was refunded",
                        deliveredAfter(2, 2),
                        once(JOB, FailureAction.OUTPUT_NOT_FOUND)),
                row(
                        "each failure_code",
                        "a job that met a limit inside the provider is worth another attempt",
                        deliveredAfter(2, 2),
                        once(JOB, FailureAction.UPSTREAM_RATE_LIMITED)),
                input(FailureAction.IMAGE_TOO_LARGE, INPUT),
                input(FailureAction.UNSUPPORTED_FORMAT, INPUT),
                input(FailureAction.CORRUPT_INPUT, INPUT),
                // Without a code, the resellers' text is all there is, and it says no more than that it failed.
                input(FailureAction.INVALID_REQUEST, INPUT)
                        .but(GMI, deliveredAfter(2, 2))
                        .but(REPLICATE, deliveredAfter(2, 2)),
                row(
                                "null code",
                                "a failure without a code is not paid for again",
                                deliveredAfter(2, 2),
                                once(JOB, FailureAction.NULL_CODE))
                        .but(LUMA, failedFree(OTHER, 1, 1, "Generation failed")),
                row(
                        "unknown code",
                        "a failure for a reason that we do not know is not paid for again",
                        failedFree(OTHER, 1, 1, "gremlins"),
                        once(JOB, FailureAction.UNKNOWN_CODE)),
                row(
                        "first-try generation_failed then success",
                        "a job that fails once is delivered by another attempt, and only that one counts",
                        deliveredAfter(2, 2),
                        once(JOB, FailureAction.FAIL_FIRST_TRY)),
                row(
                                BEYOND,
                                "a job that the provider cancelled fails the render, charged",
                                failedCharged(OTHER, "Cancel"),
                                once(JOB, FailureAction.CANCELLED))
                        .only(GMI, REPLICATE));
    }

    private static FailureRow input(FailureAction action, FailureClass kind) {
        return row(
                "each failure_code",
                "a job that failed for '" + action.wireName() + "' fails the render",
                failedFree(kind, 1, 1, ""),
                once(JOB, action));
    }

    private static List<FailureRow> odd() {
        return List.of(
                row(
                        "stuck in queued",
                        "a job stuck in the queue is asked on",
                        rendering(),
                        once(JOB, FailureAction.STUCK_QUEUED)),
                row(
                        "stuck in processing",
                        "a job that goes on for ever is asked on",
                        rendering(),
                        once(JOB, FailureAction.STUCK_PROCESSING)),
                row(
                        "completed with empty output",
                        "a job that is completed without files fails the render, charged, when patience is over",
                        failedCharged(OUTPUT_NOT_FOUND, "offers no video"),
                        once(JOB, FailureAction.EMPTY_OUTPUT)),
                row(
                        "completed with unknown output type",
                        "a file of an unknown type is known by its name",
                        delivered(),
                        once(JOB, FailureAction.UNKNOWN_OUTPUT_TYPE)),
                row(
                        "model echo different from the request",
                        "another model's name in the answer changes nothing",
                        delivered(),
                        once(JOB, FailureAction.MODEL_ECHO)),
                exr(
                        "EXR missing",
                        "an EXR that was paid for and is missing fails the render, and the video is kept",
                        failedCharged(DELIVERY, "EXR").storing("mp4"),
                        FailureAction.EXR_MISSING),
                exr(
                        "EXR first and video second",
                        "the order of files means nothing",
                        delivered().storing("exr", "mp4"),
                        FailureAction.EXR_FIRST),
                exr(
                        BEYOND,
                        "an EXR in a package is stored as one",
                        delivered().storing("mp4", "zip"),
                        FailureAction.EXR_ZIP),
                row(
                                BEYOND,
                                "a thumbnail that does not come is done without, after it was asked for again",
                                delivered(),
                                once(JOB, FailureAction.THUMBNAIL_MISSING))
                        .manifest(WITH_THUMBNAIL)
                        .only(GMI),
                exr(
                        "HDR silently SDR",
                        "a clip that is SDR instead of HDR is delivered and flagged",
                        delivered().storing("exr", "mp4"),
                        FailureAction.HDR_AS_SDR),
                row(
                                "source silently ignored",
                                "a clip that ignores its source is whole, and delivered",
                                delivered(),
                                once(JOB, FailureAction.SOURCE_IGNORED))
                        .manifest(EDIT_OF_A_CLIP)
                        .only(LUMA, GMI));
    }

    private static FailureRow exr(String says, String name, FailureRow.Ending ending, FailureAction action) {
        return row(says, name, ending, once(JOB, action)).manifest(HDR_WITH_EXR).only(LUMA, GMI);
    }

    private static List<FailureRow> downloaded() {
        FailureRule broken = once(DOWNLOAD, FailureAction.HTML_WITH_200).always();
        return List.of(
                row(
                                "403 expired on first URL, valid after re-mint",
                                "an expired URL is minted anew",
                                delivered(),
                                once(DOWNLOAD, FailureAction.EXPIRED_FIRST_URL))
                        .only(LUMA, GMI),
                download("truncated body", FailureAction.TRUNCATED_WITHOUT_LENGTH),
                download("wrong length", FailureAction.TRUNCATED_WITH_LENGTH),
                download("zero bytes", FailureAction.ZERO_BYTES),
                download("HTML with 200", FailureAction.HTML_WITH_200),
                download("slow trickle", FailureAction.SLOW_TRICKLE),
                download("slow headers", FailureAction.SLOW_HEADERS),
                download("503 then OK", FailureAction.UNAVAILABLE),
                row(
                        "range ignored",
                        "a resume that is answered with the whole file is whole, not longer",
                        delivered(),
                        once(DOWNLOAD, FailureAction.TRUNCATED_WITH_LENGTH),
                        once(DOWNLOAD, FailureAction.RANGE_IGNORED)),
                row(
                        "HTML with 200",
                        "a page that never becomes a clip fails the render, charged, and is not stored",
                        failedCharged(DELIVERY, "web page"),
                        broken),
                row(
                        "zero bytes",
                        "a file that stays empty fails the render, charged, and is not stored",
                        failedCharged(DELIVERY, "empty file"),
                        once(DOWNLOAD, FailureAction.ZERO_BYTES).always()));
    }

    private static FailureRow download(String says, FailureAction action) {
        return row(
                says,
                "'" + action.wireName() + "' in answer to a download is fetched again, and stored whole",
                delivered(),
                once(DOWNLOAD, action).delay(Duration.ofMillis(100)));
    }

    private static List<FailureRow> hostile() {
        return List.of(
                hostileSubmit(FailureAction.ENDLESS_BODY, "named no id"),
                hostileSubmit(FailureAction.HUGE_JSON, "named no id"),
                hostileSubmit(FailureAction.CROWDED_JSON, "named no id"),
                hostileSubmit(FailureAction.DEEP_JSON, "named no id"),
                hostileSubmit(FailureAction.GZIP_BOMB, "named no id"),
                hostileSubmit(FailureAction.HUGE_HEADERS, ""),
                hostileSubmit(FailureAction.DRIP, "named no id"),
                hostileSubmit(FailureAction.INVALID_UTF8, "named no id"),
                hostilePoll(FailureAction.ENDLESS_BODY),
                hostilePoll(FailureAction.HUGE_JSON),
                hostilePoll(FailureAction.CROWDED_JSON),
                hostilePoll(FailureAction.DEEP_JSON),
                hostilePoll(FailureAction.GZIP_BOMB),
                hostilePoll(FailureAction.HUGE_HEADERS),
                hostilePoll(FailureAction.DRIP),
                hostilePoll(FailureAction.INVALID_UTF8),
                row(
                        HOSTILE,
                        "an endless answer to every poll keeps the render rendering, and asked slowly",
                        rendering(),
                        once(POLL, FailureAction.ENDLESS_BODY).always()),
                row(
                        HOSTILE,
                        "what is said about another job is not believed",
                        rendering(),
                        once(POLL, FailureAction.OTHER_JOB).always()),
                download(HOSTILE, FailureAction.HUGE_HEADERS),
                download(HOSTILE, FailureAction.GZIP_BOMB),
                download(HOSTILE, FailureAction.REDIRECT_LOOP),
                row(
                        HOSTILE,
                        "a redirect that leads to itself for ever fails the render, charged",
                        failedCharged(DELIVERY, "redirects"),
                        once(DOWNLOAD, FailureAction.REDIRECT_LOOP).always()));
    }

    private static FailureRow hostileSubmit(FailureAction action, String words) {
        return row(
                HOSTILE,
                "'" + action.wireName() + "' in answer to a submission leaves the render unknown",
                unknown(1, words),
                once(SUBMIT, action).delay(Duration.ofMillis(50)));
    }

    private static FailureRow hostilePoll(FailureAction action) {
        return row(
                HOSTILE,
                "'" + action.wireName() + "' in answer to a poll is broken off and asked again",
                delivered(),
                once(POLL, action).delay(Duration.ofMillis(50)));
    }

    /** Trouble of an account: it pauses, its renders wait, and when it is mended they go on. */
    static List<FailureRow> ofAnAccount() {
        return List.of(
                account("401 ×4 texts", FailureAction.MISSING_KEY, "Missing or invalid API key"),
                account("401 ×4 texts", FailureAction.INVALID_KEY, "Invalid API key"),
                account("401 ×4 texts", FailureAction.REVOKED_KEY, "revoked"),
                account("401 ×4 texts", FailureAction.EXPIRED_KEY, "expired"),
                account("402", FailureAction.NO_CREDITS, "not enough balance"),
                account("403 ×2", FailureAction.SUSPENDED, "suspended"),
                account("403 ×2", FailureAction.DEACTIVATED, "deactivated"),
                account("redirect", FailureAction.REDIRECT, "check the base URL"),
                refusedPoll(FailureAction.MISSING_KEY),
                refusedPoll(FailureAction.INVALID_KEY),
                refusedPoll(FailureAction.REVOKED_KEY),
                refusedPoll(FailureAction.EXPIRED_KEY),
                refusedPoll(FailureAction.SUSPENDED),
                refusedPoll(FailureAction.DEACTIVATED),
                row(
                                "budget_exhausted with partial charge",
                                "a balance that runs out during a job fails the render, charged, and pauses the account",
                                failedCharged(BUDGET_EXHAUSTED, "ran out"),
                                once(JOB, FailureAction.BUDGET_EXHAUSTED))
                        .but(REPLICATE, plannedAgain("want of balance")));
    }

    private static FailureRow account(String says, FailureAction action, String words) {
        return row(
                says,
                "'" + action.wireName() + "' in answer to a submission pauses the account and fails nothing",
                planned(words),
                once(SUBMIT, action));
    }

    private static FailureRow refusedPoll(FailureAction action) {
        return row(
                action.wireName().startsWith("401") ? "401 ×4 texts" : "403 ×2",
                "'" + action.wireName() + "' in answer to a poll pauses the account, and the job is asked on",
                rendering(),
                once(POLL, action));
    }

    /** Limits: the account cools down, and the render keeps its place. */
    static List<FailureRow> ofALimit() {
        return List.of(
                limit("429 RPM", FailureAction.RATE_LIMITED),
                limit("429 concurrency", FailureAction.TOO_MANY_JOBS),
                limit("429 without any header", FailureAction.BARE_429));
    }

    private static FailureRow limit(String says, FailureAction action) {
        return row(
                says,
                "'" + action.wireName() + "' is no attempt: the account cools down and the render keeps its place",
                planned(""),
                once(SUBMIT, action));
    }

    static Stream<FailureRow> all() {
        return Stream.of(ofOneRender(), ofAnAccount(), ofALimit()).flatMap(List::stream);
    }

    private static FailureRule once(FailureStage stage, FailureAction action) {
        return FailureRule.on(stage, action);
    }

    private static FailureRow row(String says, String name, FailureRow.Ending ending, FailureRule... rules) {
        return FailureRow.of(says, name, ending, rules);
    }
}
