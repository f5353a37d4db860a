package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaFacts;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Images at positions: of a new clip, or on the grid of an edit's source. */
final class KeyframeRules implements RuleFamily {

    private static final int MOST = 64;
    private static final int MOST_BY_ALL_SOURCES = 16;

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R54",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "keyframes",
                        "There are at most 64 keyframes.",
                        "Use 64 keyframes or fewer; 16 are safe.",
                        (request, context) -> count(request)),
                Rule.error(
                        "R55",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "keyframes",
                        "A keyframe lies within its clip: 0 to 120 for 5s, 0 to 240 for 10s.",
                        "Use positions from 0 to 120 for 5s, and to 240 for 10s, or the same in seconds.",
                        (request, context) -> range(request)),
                Rule.error(
                        "R56",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "keyframes",
                        "No two keyframes have the same position.",
                        "Give every keyframe a position of its own.",
                        (request, context) -> repeated(request.keyframes(), "keyframes")),
                Rule.warning(
                        "R57",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "keyframes",
                        "Keyframes ascend.",
                        "Sort the keyframes by position.",
                        (request, context) -> Verdict.warning(
                                descends(request.keyframes()),
                                "The keyframes are not in the order of their positions, which may matter.")),
                Rule.error(
                        "R58",
                        Stage.CROSS_FIELD,
                        Rule.ALL,
                        "keyframes",
                        "Keyframes exclude a start frame, an end frame and an extension.",
                        "Use keyframes alone: an image at 0 is the start frame.",
                        (request, context) -> exclusive(request)),
                Rule.warning(
                        "R61",
                        Stage.REFERENCES,
                        Set.of(LUMA),
                        "keyframes",
                        "A keyframe is an image.",
                        "Use an image, or a generation that is one.",
                        (request, context) -> generations(request)),
                Rule.error(
                        "R82",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "edit/keyframes",
                        "There are at most 64 guide images, each at a position of its own.",
                        "Use 64 guide images or fewer, at different positions from 0.",
                        (request, context) -> guides(request)),
                Rule.warning(
                        "R83",
                        Stage.MEDIA,
                        Set.of(LUMA),
                        "edit/keyframes",
                        "A guide image lies within the source.",
                        "Use positions below the source's number of frames.",
                        KeyframeRules::beyondSource),
                Rule.error(
                        "R84",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA, GMI),
                        "startFrame",
                        "An edit has either one guide image as its start frame, or guide images at positions.",
                        "Remove startFrame, or put it among edit.keyframes at 0.",
                        (request, context) -> Verdict.error(
                                request.operation() == Operation.EDIT
                                        && request.startFrame().isPresent()
                                        && !guideImages(request).isEmpty(),
                                "startFrame and edit.keyframes exclude each other.")));
    }

    private static List<Verdict> count(RenderRequest request) {
        int count = request.keyframes().size();
        return count > MOST
                ? Verdict.error(true, "There are " + count + " keyframes; at most " + MOST + " are taken.")
                : Verdict.warning(
                        count > MOST_BY_ALL_SOURCES,
                        "There are " + count + " keyframes; Luma's API page speaks of " + MOST_BY_ALL_SOURCES
                                + " at most, its guide of " + MOST + ".");
    }

    private static List<Verdict> range(RenderRequest request) {
        int last = request.length().seconds() * Keyframe.FRAMES_PER_SECOND;
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < request.keyframes().size(); i++) {
            int frame = request.keyframes().get(i).frame();
            if (frame < 0 || frame > last) {
                verdicts.add(Verdict.of(
                        Severity.ERROR,
                        at("keyframes", i),
                        "Frame " + frame + " is outside of a clip of "
                                + request.length().label() + ", which has 0 to " + last + "."));
            }
        }
        return verdicts;
    }

    private static List<Verdict> repeated(List<Keyframe> keyframes, String field) {
        Set<Integer> seen = new HashSet<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < keyframes.size(); i++) {
            if (!seen.add(keyframes.get(i).frame())) {
                verdicts.add(Verdict.of(
                        Severity.ERROR,
                        at(field, i),
                        "Frame " + keyframes.get(i).frame() + " has an image already."));
            }
        }
        return verdicts;
    }

    private static boolean descends(List<Keyframe> keyframes) {
        for (int i = 1; i < keyframes.size(); i++) {
            if (keyframes.get(i).frame() < keyframes.get(i - 1).frame()) {
                return true;
            }
        }
        return false;
    }

    private static List<Verdict> exclusive(RenderRequest request) {
        boolean extend = request.operation() == Operation.EXTEND;
        boolean frames = request.operation() == Operation.GENERATE
                && !MediaSlot.frames(request).isEmpty();
        return Verdict.error(
                !request.keyframes().isEmpty() && (extend || frames),
                extend ? "An extension cannot have keyframes." : "keyframes exclude startFrame and endFrame.");
    }

    private static List<Verdict> generations(RenderRequest request) {
        return MediaSlot.images(request).stream()
                .filter(slot ->
                        slot.field().startsWith("keyframes/") && slot.ref().isGeneration())
                .map(slot -> Verdict.of(
                        Severity.WARNING,
                        slot.field(),
                        "What an earlier video does as a keyframe is documented nowhere."))
                .toList();
    }

    private static List<Verdict> guides(RenderRequest request) {
        List<Keyframe> guides = guideImages(request);
        List<Verdict> verdicts = new ArrayList<>();
        if (guides.size() > MOST) {
            verdicts.addAll(Verdict.error(
                    true, "There are " + guides.size() + " guide images; at most " + MOST + " are taken."));
        }
        for (int i = 0; i < guides.size(); i++) {
            if (guides.get(i).frame() < 0) {
                verdicts.add(Verdict.of(
                        Severity.ERROR,
                        at("edit/keyframes", i),
                        "Frame " + guides.get(i).frame() + " is before the start."));
            }
        }
        verdicts.addAll(repeated(guides, "edit/keyframes"));
        return verdicts;
    }

    private static List<Verdict> beyondSource(RenderRequest request, RuleContext context) {
        int frames = request.source()
                .flatMap(context::factsOf)
                .map(MediaFacts::frames)
                .orElse(0);
        List<Keyframe> guides = guideImages(request);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < guides.size() && frames > 0; i++) {
            if (guides.get(i).frame() >= frames) {
                verdicts.add(Verdict.of(
                        Severity.WARNING,
                        at("edit/keyframes", i),
                        "Frame " + guides.get(i).frame() + " is beyond the source, which has " + frames + " frames."));
            }
        }
        return verdicts;
    }

    private static List<Keyframe> guideImages(RenderRequest request) {
        return request.edit().map(EditControls::keyframes).orElse(List.of());
    }

    private static String at(String field, int index) {
        return field + "/" + index + "/at";
    }
}
