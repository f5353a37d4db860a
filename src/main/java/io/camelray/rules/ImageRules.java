package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;

import io.camelray.model.MediaFacts;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The images that a render starts from, as far as somebody looked into them, and what is sent inline. */
final class ImageRules implements RuleFamily {

    private static final Set<String> FORMATS = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");
    private static final Set<String> GMI_FORMATS = Set.of("image/jpeg", "image/png", "image/webp");
    private static final long LARGEST = 52_428_800;
    private static final long LARGE = 4L * 1024 * 1024;
    private static final int WIDEST = 8000;
    private static final long INLINE_LARGE = 256L * 1024;
    private static final long INLINE_LARGEST = 10L * 1024 * 1024;

    @Override
    public List<Rule> rules() {
        return List.of(
                images(
                        "R50",
                        "An image is JPEG, PNG, WebP or GIF.",
                        "Use a JPEG, PNG, WebP or GIF.",
                        facts -> FORMATS.contains(facts.mediaType())
                                ? Optional.empty()
                                : error("This is " + facts.mediaType() + ", not an image that Luma takes.")),
                gmiFormats(),
                images("R101", "An image is at most 50 MB.", "Use an image of at most 4 MB.", ImageRules::bytes),
                images(
                        "R102",
                        "An image is at most 8000 pixels wide and high.",
                        "Scale the image down.",
                        facts -> facts.width() > WIDEST || facts.height() > WIDEST
                                ? error("The image is " + facts.width() + " by " + facts.height()
                                        + " pixels; at most 8000 each way are taken.")
                                : Optional.empty()),
                images(
                        "R103",
                        "An image is one picture.",
                        "Use an image that is not animated.",
                        facts -> facts.isImage() && facts.frames() > 1
                                ? error("The image is animated: it has " + facts.frames() + " pictures.")
                                : Optional.empty()),
                Rule.warning(
                        "R104",
                        Stage.MEDIA,
                        Set.of(REPLICATE),
                        "startFrame",
                        "An image that is not hosted is at most 256 KB.",
                        "Use an https address, configure a bucket for assets, or a smaller image.",
                        ImageRules::inlineFrames),
                Rule.warning(
                        "R105",
                        Stage.MEDIA,
                        Set.of(LUMA, GMI),
                        "source",
                        "What is sent inline is at most 10 MB.",
                        "Use an earlier step or a generation id, configure a bucket for assets, or a smaller file.",
                        ImageRules::inlineBody));
    }

    private static Rule images(String id, String says, String remedy, Function<MediaFacts, Optional<Verdict>> check) {
        return Rule.error(
                id,
                Stage.MEDIA,
                Set.of(LUMA),
                "startFrame",
                says,
                remedy,
                (request, context) -> MediaSlot.images(request).stream()
                        .flatMap(slot -> context
                                .factsOf(slot.ref())
                                .flatMap(check)
                                .map(found -> Verdict.of(found.severity(), slot.field(), found.message()))
                                .stream())
                        .toList());
    }

    private static Optional<Verdict> bytes(MediaFacts facts) {
        if (facts.bytes() > LARGEST) {
            return error("The image has " + facts.bytes() + " bytes; at most " + LARGEST + " are taken.");
        }
        return facts.bytes() > LARGE
                ? Optional.of(Verdict.of(
                        Severity.WARNING, "", "The image has " + facts.bytes() + " bytes; above 4 MB it may fail."))
                : Optional.empty();
    }

    private static Rule gmiFormats() {
        return Rule.warning(
                "R70",
                Stage.MEDIA,
                Set.of(GMI),
                "startFrame",
                "A frame is JPEG, PNG or WebP.",
                "Use a JPEG, PNG or WebP.",
                (request, context) -> MediaSlot.frames(request).stream()
                        .flatMap(slot -> context
                                .factsOf(slot.ref())
                                .map(MediaFacts::mediaType)
                                .or(() -> MediaSlot.claimedType(slot.ref()))
                                .filter(type -> !GMI_FORMATS.contains(type))
                                .map(type -> Verdict.of(
                                        Severity.WARNING,
                                        slot.field(),
                                        "GMI speaks of JPEG, PNG and WebP only; this is " + type + "."))
                                .stream())
                        .toList());
    }

    private static List<Verdict> inlineFrames(RenderRequest request, RuleContext context) {
        if (context.hosted()) {
            return List.of();
        }
        return MediaSlot.frames(request).stream()
                .filter(slot -> bytesOf(slot, context) > INLINE_LARGE)
                .map(slot -> Verdict.of(
                        bytesOf(slot, context) > INLINE_LARGEST ? Severity.ERROR : Severity.WARNING,
                        slot.field(),
                        "The image has " + bytesOf(slot, context)
                                + " bytes and would be sent inline, where Replicate wants 256 KB at most."))
                .toList();
    }

    /** GMI takes no source by address, so that hosting it does not help there. */
    private static List<Verdict> inlineBody(RenderRequest request, RuleContext context) {
        ProviderName provider = context.provider();
        boolean sourceInline = provider == GMI || !context.hosted();
        long sum = MediaSlot.of(request).stream()
                .filter(slot -> slot.field().equals(MediaSlot.SOURCE) ? sourceInline : !context.hosted())
                .mapToLong(slot -> bytesOf(slot, context))
                .sum();
        return Verdict.warning(
                request.operation() != Operation.EXTEND && sum > INLINE_LARGEST,
                "The media sent inline have " + sum + " bytes; inline is for small files.");
    }

    private static long bytesOf(MediaSlot slot, RuleContext context) {
        return slot.isOurs()
                ? context.factsOf(slot.ref()).map(MediaFacts::bytes).orElse(0L)
                : 0;
    }

    private static Optional<Verdict> error(String message) {
        return Optional.of(Verdict.of(Severity.ERROR, "", message));
    }
}
