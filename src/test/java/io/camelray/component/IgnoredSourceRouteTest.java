package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.RenderState;
import io.camelray.sandbox.FailureAction;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.FailureRule;
import io.camelray.sandbox.FailureStage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IgnoredSourceRouteTest extends RayRouteTest {

    private static final String EDITS =
            """
            campaign: cuts
            defaults: {resolution: 540p, duration: 10s}
            steps:
              - {id: base, operation: generate, prompt: a mug, aspectRatio: "16:9"}
              - {id: good, operation: edit, source: base, prompt: at night, edit: {autoControls: true}}
              - {id: bad, operation: edit, source: base, prompt: forgetful, edit: {autoControls: true}}
            """;

    @Override
    FailurePlan failures() {
        return new FailurePlan(List.of(FailureRule.on(FailureStage.JOB, FailureAction.SOURCE_IGNORED)
                .matching(FailureRule.Match.prompt("forgetful"))));
    }

    @Test
    void an_edit_that_ignored_its_sources_length_is_delivered_and_flagged_in_sidecar_and_report() throws IOException {
        drop("cuts.yaml", EDITS);

        assertThat(settled("cuts").count(RenderState.DELIVERED)).isEqualTo(3);
        assertThat(appears("outputs/cuts/bad.mp4.json")).content().contains("though its source has 10.0");
        assertThat(appears("outputs/cuts/good.mp4.json")).content().doesNotContain("though its source");
        assertThat(appears("reports/cuts/r1.json")).content().contains("though its source has 10.0");
    }
}
