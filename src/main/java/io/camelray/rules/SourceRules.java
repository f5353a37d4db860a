package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.MediaFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The clip that an edit or a reframe works on. */
final class SourceRules implements RuleFamily {

    private static final Set<Operation> BOTH = EnumSet.of(Operation.EDIT, Operation.REFRAME);
    private static final long LARGEST = 200L * 1024 * 1024;
    private static final double LONGEST_EDIT = 18.0;
    private static final double LONGEST = 30.0;

    @Override
    public List<Rule> rules() {
        return List.of(
                present("R71", LUMA, BOTH),
                present("R88", GMI, EnumSet.of(Operation.EDIT)),
                videoOnly("R73", LUMA, BOTH),
                videoOnly("R89", GMI, EnumSet.of(Operation.EDIT)),
                reframeAtGmi(),
                media(
                        "R74",
                        Severity.WARNING,
                        Set.of(LUMA),
                        "The source's name says what it is.",
                        "Rename the source after what it is.",
                        (request, context) -> mislabelled(request, context)),
                media(
                        "R75",
                        Severity.ERROR,
                        Set.of(LUMA),
                        "A source is at most 200 MB.",
                        "Use a source of at most 200 MB.",
                        (request, context) -> Verdict.error(
                                facts(request, context)
                                        .filter(found -> found.bytes() > LARGEST)
                                        .isPresent(),
                                "The source is larger than 200 MB.")),
                media(
                        "R76",
                        Severity.ERROR,
                        Set.of(LUMA, GMI),
                        "The source of an edit is at most 18 s long.",
                        "Cut the source to 18 s.",
                        SourceRules::longEdit),
                media(
                        "R77",
                        Severity.ERROR,
                        Set.of(LUMA, GMI),
                        "A source is at most 30 s long.",
                        "Cut the source to 30 s.",
                        (request, context) -> Verdict.error(
                                isLonger(request, context, LONGEST),
                                "The source is " + seconds(request, context) + " s long; at most 30 s are taken.")),
                Rule.error(
                        "R90",
                        Stage.REFERENCES,
                        Set.of(GMI),
                        "source",
                        "GMI fetches no source from the web.",
                        "Use an earlier step, a generation id or a small file; or set provider to luma.",
                        (request, context) -> Verdict.error(
                                BOTH.contains(request.operation())
                                        && request.source()
                                                .filter(ref -> ref instanceof MediaRef.Web)
                                                .isPresent(),
                                "GMI takes no source by address.")),
                media(
                        "R112",
                        Severity.WARNING,
                        Set.of(LUMA, GMI),
                        "The length of an earlier generation is known and allowed.",
                        "Refer to a step of this campaign, or be sure that it is at most 18 s long.",
                        SourceRules::generation));
    }

    private static Rule media(
            String id,
            Severity severity,
            Set<ProviderName> providers,
            String says,
            String remedy,
            Rule.RequestCheck check) {
        return new Rule(id, severity, Stage.MEDIA, providers, "source", says, remedy, (Rule.RequestCheck)
                (request, context) -> BOTH.contains(request.operation()) ? check.check(request, context) : List.of());
    }

    private static Rule present(String id, ProviderName provider, Set<Operation> operations) {
        return Rule.error(
                id,
                Stage.REFERENCES,
                Set.of(provider),
                "source",
                "There is a clip to work on.",
                "Set source to an earlier step, a generation id or a video.",
                (request, context) -> missing(request, operations));
    }

    private static List<Verdict> missing(RenderRequest request, Set<Operation> operations) {
        return Verdict.error(
                operations.contains(request.operation()) && request.source().isEmpty(),
                "The operation " + request.operation().label() + " has no source to work on.");
    }

    private static Rule videoOnly(String id, ProviderName provider, Set<Operation> operations) {
        return Rule.error(
                id,
                Stage.MEDIA,
                Set.of(provider),
                "source",
                "A source is a video.",
                "Set source to a video, such as an MP4.",
                (request, context) -> noVideo(request, context, operations));
    }

    private static Rule reframeAtGmi() {
        Set<Operation> reframe = EnumSet.of(Operation.REFRAME);
        return Rule.error(
                "R97",
                Stage.REFERENCES,
                Set.of(GMI),
                "source",
                "A reframe at GMI has a source, and it is a video.",
                "Set source to an earlier step, a generation id or a small video file.",
                (request, context) ->
                        request.source().isEmpty() ? missing(request, reframe) : noVideo(request, context, reframe));
    }

    private static List<Verdict> noVideo(RenderRequest request, RuleContext context, Set<Operation> operations) {
        Optional<String> type = facts(request, context)
                .map(MediaFacts::mediaType)
                .or(() -> request.source().flatMap(MediaSlot::claimedType));
        return Verdict.error(
                operations.contains(request.operation())
                        && type.filter(found -> !found.startsWith("video/")).isPresent(),
                "The source is " + type.orElse("") + ", not a video.");
    }

    private static List<Verdict> mislabelled(RenderRequest request, RuleContext context) {
        Optional<String> claimed = request.source().flatMap(MediaSlot::claimedType);
        Optional<String> found =
                facts(request, context).filter(MediaFacts::isVideo).map(MediaFacts::mediaType);
        return Verdict.warning(
                claimed.isPresent() && found.isPresent() && !claimed.equals(found),
                "The source is named like " + claimed.orElse("") + ", but is " + found.orElse("")
                        + ": the provider may fail on it late.");
    }

    private static List<Verdict> longEdit(RenderRequest request, RuleContext context) {
        boolean fetched = request.source().filter(MediaRef::isGeneration).isEmpty();
        if (request.operation() != Operation.EDIT
                || !fetched
                || !isLonger(request, context, LONGEST_EDIT)
                || isLonger(request, context, LONGEST)) {
            return List.of();
        }
        String length = "The source is " + seconds(request, context) + " s long; ";
        return context.provider() == GMI
                ? Verdict.warning(true, length + "Luma behind GMI takes 18 s for an edit by some accounts.")
                : Verdict.error(!context.lifted().contains("R76"), length + "an edit takes at most 18 s.");
    }

    private static List<Verdict> generation(RenderRequest request, RuleContext context) {
        if (request.source().filter(MediaRef::isGeneration).isEmpty()) {
            return List.of();
        }
        if (context.sourceSeconds(request).isEmpty()) {
            return Verdict.warning(
                    true, "How long the source is, nobody has recorded; the longest allowed is assumed.");
        }
        return Verdict.warning(
                request.operation() == Operation.EDIT
                        && isLonger(request, context, LONGEST_EDIT)
                        && !isLonger(request, context, LONGEST),
                "The source is " + seconds(request, context) + " s long; an edit of more than 18 s may fail.");
    }

    private static boolean isLonger(RenderRequest request, RuleContext context, double limit) {
        return context.sourceSeconds(request).filter(length -> length > limit).isPresent();
    }

    private static String seconds(RenderRequest request, RuleContext context) {
        return context.sourceSeconds(request)
                .map(length -> String.format(Locale.ROOT, "%.2f", length))
                .orElse("");
    }

    private static Optional<MediaFacts> facts(RenderRequest request, RuleContext context) {
        return request.source().flatMap(context::factsOf);
    }
}
