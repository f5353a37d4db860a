package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailurePlanTest {

    private static final FailureReplies REPLIES = new FailureReplies(
            new FailureInjector(FailurePlan.none()), ErrorStyle.LUMA, URI.create("http://127.0.0.1/"));

    private static final FailureInjector.Subject SUBJECT =
            new FailureInjector.Subject("An Amber bottle", "720p", "video", "luma");

    @Test
    void aPlanIsReadFromYaml(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("plan.yaml"),
                """
                rules:
                  - on: submit
                    match: {promptContains: bottle, nth: 2}
                    do: reset-after-accept
                  - on: download
                    match: {resolution: 1080p, type: video_edit, provider: gmi, every: 3}
                    times: 0
                    do: slow-trickle
                    millis: 250
                """);
        assertThat(FailurePlan.read(file).rules())
                .containsExactly(
                        FailureRule.on(FailureStage.SUBMIT, FailureAction.RESET_AFTER_ACCEPT)
                                .matching(FailureRule.Match.prompt("bottle").nth(2)),
                        FailureRule.on(FailureStage.DOWNLOAD, FailureAction.SLOW_TRICKLE)
                                .matching(new FailureRule.Match(
                                        Optional.empty(),
                                        Optional.of("1080p"),
                                        Optional.of("video_edit"),
                                        Optional.of("gmi"),
                                        1,
                                        3))
                                .always()
                                .delay(Duration.ofMillis(250)));
    }

    @ParameterizedTest
    @EnumSource(FailureAction.class)
    void everyActionCanBeNamedInAJsonPlan(FailureAction action) {
        FailureStage stage = action.stages().get(0);
        String plan = "{\"rules\":[{\"on\":\"%s\",\"do\":\"%s\"}]}".formatted(stage.wireName(), action.wireName());
        assertThat(FailurePlan.parse(plan).rules()).containsExactly(FailureRule.on(stage, action));
    }

    @ParameterizedTest
    @EnumSource(FailureAction.class)
    void everyActionIsKnownWhereItIsCarriedOut(FailureAction action) {
        for (FailureStage stage : action.stages()) {
            FailureRule rule = FailureRule.on(stage, action);
            switch (stage) {
                case SUBMIT, POLL ->
                    assertThatCode(() -> {
                                if (action.spoilsTheReply()) {
                                    REPLIES.spoilt(rule, Reply.detail(200, "real"));
                                } else {
                                    REPLIES.inPlace(action);
                                }
                            })
                            .doesNotThrowAnyException();
                case JOB -> assertThat(JobFate.of(action, Provider.LUMA, true)).isNotEqualTo(JobFate.WELL);
                case DOWNLOAD, WEBHOOK ->
                    assertThat(action.spoilsTheReply() && !action.isHostile()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [{on: submit, do: explode}]           | 'do' is 'explode': it must be one of [401-missing-key",
                "rules: [{on: lunch, do: '500'}]              | 'on' is 'lunch': it must be one of [submit, poll",
                "rules: [{on: poll, do: reset-after-accept}]  | 'reset-after-accept' cannot happen on 'poll'",
                "rules: [{on: poll, do: '500', time: 2}]      | unknown key 'time'",
                "rules: [{on: poll, do: '500', match: {x: 1}}]| unknown key 'x'",
                "rules: [{on: poll, do: '500', times: many}]  | 'times' is \"many\": it must be a whole number",
                "rules: [{on: poll, do: '500', times: -1}]    | must be 0 or more",
                "rules: [{on: poll, do: '500', match: {nth: 0}}] | must be 1 or more",
                "other: 1                                     | must have a list 'rules'",
                "rules: [                                     | neither YAML nor JSON"
            })
    void aWrongPlanIsRefusedWithWhatIsWrong(String plan, String message) {
        assertThatThrownBy(() -> FailurePlan.parse(plan))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aWrongPlanFileIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("wrong.json"), "{}");
        assertThatThrownBy(() -> FailurePlan.read(file)).hasMessageContaining("wrong.json");
        assertThatThrownBy(() -> FailurePlan.read(folder.resolve("none.json"))).hasMessageContaining("none.json");
    }

    @Test
    void aRuleStrikesOnceAtTheFirstOccasionUnlessToldOtherwise() {
        assertThat(strikes(rule())).containsExactly(1);
        assertThat(strikes(rule().times(3))).containsExactly(1, 2, 3);
        assertThat(strikes(rule().always())).hasSize(10);
    }

    @Test
    void aRuleCanWaitForTheNthOccasionOrTakeEveryNth() {
        assertThat(strikes(rule().matching(FailureRule.Match.any().nth(4)))).containsExactly(4);
        assertThat(strikes(rule().always().matching(FailureRule.Match.any().every(3))))
                .containsExactly(3, 6, 9);
    }

    @Test
    void aRuleIsOnlyAboutWhatItMatches() {
        assertThat(strikes(rule().matching(FailureRule.Match.prompt("amber")))).hasSize(1);
        assertThat(strikes(rule().matching(FailureRule.Match.prompt("green")))).isEmpty();
        assertThat(strikes(rule().matching(new FailureRule.Match(
                        Optional.empty(), Optional.of("360p"), Optional.empty(), Optional.empty(), 1, 1))))
                .isEmpty();
    }

    private static FailureRule rule() {
        return FailureRule.on(FailureStage.POLL, FailureAction.ERROR_500);
    }

    /** The occasions, of ten, at which the rule strikes. */
    private static int[] strikes(FailureRule rule) {
        FailureInjector injector = new FailureInjector(FailurePlan.of(rule));
        return IntStream.rangeClosed(1, 10)
                .filter(i -> injector.next(FailureStage.POLL, SUBJECT).isPresent())
                .toArray();
    }
}
