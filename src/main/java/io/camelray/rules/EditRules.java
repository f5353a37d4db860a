package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;

import io.camelray.model.EditControls;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** What an edit keeps of its source. */
final class EditRules implements RuleFamily {

    private static final String LET_ONE_DECIDE = "Remove edit.autoControls, or all the other controls.";

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.error(
                        "R78",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA),
                        "edit/autoControls",
                        "Automatic controls exclude all others.",
                        LET_ONE_DECIDE,
                        (request, context) -> Verdict.error(
                                request.edit()
                                        .filter(edit -> edit.autoControls() && edit.isManual())
                                        .isPresent(),
                                "Automatic controls exclude strength, pose, depth, normals, trajectory and face.")),
                Rule.error(
                        "R81",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA, GMI),
                        "edit",
                        "depth, normals and trajectory are from 0 to 1.",
                        "Use a number from 0 to 1.",
                        (request, context) -> ranges(request)),
                Rule.warning(
                        "R87",
                        Stage.CROSS_FIELD,
                        Set.of(LUMA, GMI),
                        "edit",
                        "An edit says what it keeps of its source.",
                        "Set edit.autoControls to true, or choose a strength.",
                        (request, context) -> Verdict.warning(
                                request.operation() == Operation.EDIT
                                        && request.edit()
                                                .filter(edit -> edit.autoControls() || edit.isManual())
                                                .isEmpty(),
                                "What an edit keeps is not said; the provider's default is documented nowhere.")),
                Rule.error(
                        "R91",
                        Stage.CROSS_FIELD,
                        Set.of(GMI),
                        "edit/autoControls",
                        "Automatic controls exclude all others, but a face of false.",
                        LET_ONE_DECIDE,
                        (request, context) -> Verdict.error(
                                request.edit()
                                        .filter(edit -> edit.autoControls() && isManualAtGmi(edit))
                                        .isPresent(),
                                "Automatic controls exclude strength, pose, depth, normals, trajectory and face.")));
    }

    private static boolean isManualAtGmi(EditControls edit) {
        return edit.strength().isPresent()
                || edit.pose().isPresent()
                || edit.depthBlur().isPresent()
                || edit.normalsAugmentation().isPresent()
                || edit.trajectorySparsity().isPresent()
                || edit.face().orElse(false);
    }

    private static List<Verdict> ranges(RenderRequest request) {
        List<Verdict> verdicts = new ArrayList<>();
        request.edit().ifPresent(edit -> {
            range(verdicts, "edit/depth", edit.depthBlur());
            range(verdicts, "edit/normals", edit.normalsAugmentation());
            range(verdicts, "edit/trajectory", edit.trajectorySparsity());
        });
        return verdicts;
    }

    private static void range(List<Verdict> verdicts, String field, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= 1)) {
            verdicts.add(Verdict.of(Severity.ERROR, field, value.getAsDouble() + " is not from 0 to 1."));
        }
    }
}
