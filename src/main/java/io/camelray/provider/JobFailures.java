package io.camelray.provider;

import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.provider.JobStatus.Cancelled;
import io.camelray.provider.JobStatus.Failed;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a job failed, out of Luma's failure codes (ray-api §1.1.10) or, where a reseller hands on nothing but text, out of
 * the words in it. What is not understood is never worth another paid attempt.
 */
public final class JobFailures {

    private static final Pattern MODERATED = Pattern.compile(
            "content_moderated|\\bmoderat|\\bnsfw\\b|\\bsafety\\b|\\bsensitive\\b|content policy|\\bflagged\\b");
    private static final Pattern BROKE = Pattern.compile(
            "budget_exhausted|insufficient (credit|balance|fund|quota)|(credit|balance)s? (ran|is) (out|exhausted)");
    private static final Pattern INPUT = Pattern.compile(
            "image_too_large|unsupported_format|corrupt_input|invalid_request|unsupported format|corrupt input"
                    + "|failed to (fetch|download)|too large|media_type");
    private static final Pattern LOST = Pattern.compile("output_not_found|output not found");
    private static final Pattern TRANSIENT =
            Pattern.compile("generation_failed|\\brate[_ ]limited\\b|^generation failed\\W*$");

    private JobFailures() {}

    /** The class of one of Luma's failure codes; {@code OTHER} for one that is not known. */
    public static FailureClass ofCode(String code) {
        return switch (code) {
            case "content_moderated" -> FailureClass.MODERATED;
            case "generation_failed", "rate_limited" -> FailureClass.GENERATION_FAILED;
            case "output_not_found" -> FailureClass.OUTPUT_NOT_FOUND;
            case "budget_exhausted" -> FailureClass.BUDGET_EXHAUSTED;
            case "image_too_large", "unsupported_format", "corrupt_input", "invalid_request" -> FailureClass.INPUT;
            default -> FailureClass.OTHER;
        };
    }

    /** The class that a text without a code suggests; {@code OTHER} in doubt. */
    public static FailureClass ofText(String text) {
        String words = text.toLowerCase(Locale.ROOT);
        if (MODERATED.matcher(words).find()) {
            return FailureClass.MODERATED;
        }
        if (BROKE.matcher(words).find()) {
            return FailureClass.BUDGET_EXHAUSTED;
        }
        if (INPUT.matcher(words).find()) {
            return FailureClass.INPUT;
        }
        if (LOST.matcher(words).find()) {
            return FailureClass.OUTPUT_NOT_FOUND;
        }
        return TRANSIENT.matcher(words).find() ? FailureClass.GENERATION_FAILED : FailureClass.OTHER;
    }

    /** A failure that the provider refunds, unless it is the balance that ran out (may be charged in part). */
    public static Failed failed(String speaker, FailureClass kind, Optional<String> reason) {
        return failed(speaker, kind, reason, kind == FailureClass.BUDGET_EXHAUSTED);
    }

    public static Failed failed(String speaker, FailureClass kind, Optional<String> reason, boolean charged) {
        return new Failed(
                new Failure(kind, reason.orElse(speaker + " gives no reason"), remedy(speaker, kind)), charged);
    }

    /** A job that was stopped. @param how in words */
    public static Cancelled cancelled(String speaker, String how, Optional<String> said, boolean charged) {
        String reason = said.map(words -> how + ": " + words).orElse(how);
        return new Cancelled(
                new Failure(FailureClass.OTHER, reason, "Ask who cancelled it at " + speaker + ", or retry"), charged);
    }

    private static String remedy(String speaker, FailureClass kind) {
        return switch (kind) {
            case MODERATED -> "Change the prompt; the same one will be blocked again";
            case BUDGET_EXHAUSTED -> "Add balance to the " + speaker + " account, then retry";
            case INPUT -> "Check the inputs against the limits of " + speaker;
            case GENERATION_FAILED, OUTPUT_NOT_FOUND -> "Retry; a new attempt is a new paid job";
            default -> "Ask " + speaker + " about the job";
        };
    }
}
