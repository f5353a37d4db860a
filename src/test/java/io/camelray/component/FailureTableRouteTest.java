package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.camelray.assets.Mp4Findings;
import io.camelray.assets.Mp4Walk;
import io.camelray.component.FailureRow.Ending;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailureAction;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.FailureRule;
import io.camelray.sandbox.FailureStage;
import io.camelray.sandbox.ReplicateSettings;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the {@link FailureTable} through the real routes at all three providers at once: each trouble meets one render in
 * a campaign of its own, and all of them share the accounts, the poller and the ledger. What ends a render must disturb
 * no other.
 */
class FailureTableRouteTest {

    static final Duration REPLY_TIMEOUT = Duration.ofSeconds(4);

    private static final Duration ALL_DONE = Duration.ofSeconds(75);

    @Test
    void every_failure_of_the_contract_has_a_row() {
        assertThat(FailureTable.all().map(FailureRow::says).collect(Collectors.toSet()))
                .containsAll(FailureTable.SECTION_7_6);
    }

    /** The product asks, and names no webhook; what goes wrong with those cannot reach it. */
    @Test
    void every_failure_that_the_sandbox_knows_has_a_row_at_each_of_its_stages() {
        Set<String> rows = Stream.concat(
                        FailureTable.all().flatMap(row -> row.rules().stream()),
                        DeliveryTable.rows().stream().flatMap(row -> row.rules().stream()))
                .map(rule -> stage(rule.on(), rule.action()))
                .collect(Collectors.toSet());

        assertThat(rows)
                .containsAll(Arrays.stream(FailureAction.values())
                        .flatMap(action -> action.stages().stream()
                                .filter(stage -> stage != FailureStage.WEBHOOK)
                                .map(stage -> stage(stage, action)))
                        .toList());
    }

    private static String stage(FailureStage stage, FailureAction action) {
        return action.wireName() + " on " + stage.wireName();
    }

    /** Some rows at some providers, each with its word. */
    abstract static class Table extends RayRouteTest {

        private final List<FailureRow> rows;

        Table(List<FailureRow> rows) {
            this.rows = rows;
        }

        /** A row at one provider; {@code word} is both the campaign and what the prompt says. */
        record Case(FailureRow row, ProviderName provider, String word) {

            Ending ending() {
                return row.endings().get(provider);
            }

            String manifest() {
                String render = row.more().isEmpty()
                        ? "prompt: WORD\naspectRatio: \"1:1\"\nresolution: "
                                + (provider == ProviderName.LUMA ? "360p\n" : "540p\n")
                        : row.more();
                return "campaign: " + word + "\nprovider: " + provider.label() + "\n" + render.replace("WORD", word);
            }
        }

        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (FailureRow row : rows) {
                for (ProviderName provider : row.endings().keySet()) {
                    String word = String.format(Locale.ROOT, "%s-%03d", provider.label(), rows.indexOf(row));
                    cases.add(new Case(row, provider, word));
                }
            }
            return cases;
        }

        @Override
        FailurePlan failures() {
            List<FailureRule> plan = new ArrayList<>();
            for (Case each : cases()) {
                each.row().rules().forEach(rule -> plan.add(rule.matching(FailureRule.Match.prompt(each.word()))));
            }
            return new FailurePlan(plan);
        }

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions()
                    .requestsPerMinute(6000)
                    .maxConcurrent(1000)
                    .replicate(ReplicateSettings.standard().withCreatesPerMinute(6000));
        }

        @Override
        void configure(Properties properties) {
            properties.put("camel.component.ray.gmi-api-key", "gmi-test");
            properties.put(
                    "camel.component.ray.gmi-base-url", sandbox().gmiBaseUrl().toString());
            properties.put("camel.component.ray.replicate-api-token", "r8-test");
            properties.put(
                    "camel.component.ray.replicate-base-url",
                    sandbox().replicateBaseUrl().toString());
            properties.put("camel.component.ray.requests-per-minute", "6000");
            properties.put("camel.component.ray.max-concurrent", "1000");
            properties.put("camel.component.ray.max-posting", "16");
            properties.put("camel.component.ray.reply-timeout", Long.toString(REPLY_TIMEOUT.toMillis()));
            properties.put("camel.component.ray.output-patience", "1000");
            properties.put("ray.submit.parallel", "24");
            properties.put("ray.deliver.parallel", "8");
            properties.put("ray.budget.daily", "1000");
            properties.put("ray.retry.technical", "3");
        }

        void plan(Case each) {
            String answer = template().requestBody("ray:plan", each.manifest(), String.class);
            assertThat(ledger().campaign(each.word()))
                    .as("%s was not accepted: %s", each.word(), answer)
                    .isPresent();
        }

        RenderRecord render(Case each) {
            return renders(each.word()).stream()
                    .filter(render -> render.request().prompt().equals(each.word()))
                    .findFirst()
                    .orElseThrow();
        }

        boolean hasEnded(Case each) {
            RenderRecord render = render(each);
            return render.state() == each.ending().state()
                    && render.attempts().size() == each.ending().attempts();
        }

        /** Waits until every case is where it should end; what is not there by then fails in its own test. */
        void waitFor(List<Case> cases) {
            List<Case> left = new ArrayList<>(cases);
            try {
                await().atMost(ALL_DONE).pollInterval(Duration.ofMillis(500)).until(() -> {
                    left.removeIf(this::hasEnded);
                    return left.isEmpty();
                });
            } catch (ConditionTimeoutException e) {
                assertThat(left).isNotEmpty();
            }
        }

        Stream<DynamicContainer> named(List<Case> cases) {
            return Arrays.stream(ProviderName.values())
                    .map(provider -> dynamicContainer(
                            provider.label(),
                            cases.stream()
                                    .filter(each -> each.provider() == provider)
                                    .map(each -> named(each, () -> ended(each)))));
        }

        static DynamicTest named(Case each, org.junit.jupiter.api.function.Executable test) {
            return dynamicTest(each.row().name() + " (" + each.row().says() + ")", test);
        }

        void ended(Case each) throws IOException {
            RenderRecord render = render(each);
            Ending ending = each.ending();

            assertThat(render.state())
                    .as("%s, attempts %s, note '%s'", each.word(), render.attempts(), render.note())
                    .isEqualTo(ending.state());
            assertThat(render.attempts()).hasSize(ending.attempts());
            assertThat(jobs(each)).as("paid generations").hasSize(ending.jobs());
            reasonIsReadable(render, ending);
            moneyIsCounted(each, render, ending);
            nothingBrokenIsStored(each, ending);
        }

        private List<Generation> jobs(Case each) {
            return sandbox().ledger().generations().stream()
                    .filter(made -> made.prompt().equals(each.word()))
                    .toList();
        }

        private static void reasonIsReadable(RenderRecord render, Ending ending) {
            assertThat(render.failure().map(Failure::kind)).isEqualTo(ending.failure());
            render.failure().ifPresent(failure -> {
                assertThat(failure.reason())
                        .containsIgnoringCase(ending.words())
                        .hasSizeBetween(3, 700);
                assertThat(failure.remedy()).isNotBlank();
                assertThat(failure.reason() + failure.remedy()).doesNotContain("Signature=", "Bearer", "\n");
            });
            if (ending.state() == RenderState.UNKNOWN) {
                assertThat(render.note()).isNotBlank().containsIgnoringCase(ending.words());
            }
        }

        private void moneyIsCounted(Case each, RenderRecord render, Ending ending) {
            CampaignStatus books = ledger().campaign(each.word()).orElseThrow();
            boolean confirmed = ending.money() == FailureRow.Money.CONFIRMED;
            assertThat(render.confirmed()).isEqualTo(confirmed ? render.price().expected() : Money.ZERO);
            assertThat(books.reserved())
                    .isEqualTo(
                            ending.money() == FailureRow.Money.RESERVED
                                    ? render.price().upperBound()
                                    : Money.ZERO);
            assertThat(books.atRisk())
                    .isEqualTo(
                            ending.money() == FailureRow.Money.AT_RISK
                                    ? render.price().upperBound()
                                    : Money.ZERO);
            Money charged = jobs(each).stream().map(Generation::charged).reduce(Money.ZERO, Money::plus);
            assertThat(render.confirmed().plus(books.reserved()).plus(books.atRisk()))
                    .as("our books cover what the provider keeps")
                    .isGreaterThanOrEqualTo(charged);
        }

        private void nothingBrokenIsStored(Case each, Ending ending) throws IOException {
            List<String> stored = files("outputs/" + each.word());
            assertThat(stored.stream()
                            .filter(name -> !name.endsWith(".json"))
                            .map(name -> name.substring(name.lastIndexOf('.') + 1))
                            .toList())
                    .isEqualTo(ending.outputs());
            for (String name : stored) {
                if (name.endsWith(".mp4")) {
                    Path clip = home.resolve("outputs").resolve(each.word()).resolve(name);
                    assertThat(Mp4Walk.of(clip)).isInstanceOf(Mp4Findings.class);
                }
            }
        }

        /** Nobody posted behind the ledger's back, and storage never saw a key. */
        void nothingElseWasPosted() {
            int attempts = ledger().campaigns().stream()
                    .flatMap(campaign -> renders(campaign.campaign()).stream())
                    .mapToInt(render -> render.attempts().size())
                    .sum();
            assertThat(sandbox().ledger().posts()).isEqualTo(attempts);
            assertThat(sandbox().ledger().leakedAuthorization()).isZero();
        }

        AccountUse account(ProviderName provider) {
            return ledger().use(provider.label());
        }
    }

    @Nested
    class Trouble_of_one_render extends Table {

        Trouble_of_one_render() {
            super(FailureTable.ofOneRender());
        }

        @TestFactory
        Stream<DynamicContainer> ends_that_render_and_disturbs_no_other() {
            List<Case> cases = cases();
            // What takes longest stands last in the table, so it goes first.
            for (int last = cases.size() - 1; last >= 0; last--) {
                plan(cases.get(last));
            }
            waitFor(cases);
            DynamicContainer all = dynamicContainer(
                    "all providers",
                    List.of(
                            dynamicTest("nothing is posted that the ledger does not know", this::nothingElseWasPosted),
                            dynamicTest("no account is paused", () -> assertThat(ledger().accounts())
                                    .allMatch(account -> account.pausedFor().isEmpty()))));
            return Stream.concat(named(cases), Stream.of(all));
        }
    }

    @Nested
    class Trouble_of_an_account extends Table {

        Trouble_of_an_account() {
            super(FailureTable.ofAnAccount());
        }

        /** One row after the other, each at all providers: their accounts know nothing of each other. */
        @TestFactory
        Stream<DynamicTest> pauses_it_until_it_is_mended() {
            Stream<DynamicTest> rows = FailureTable.ofAnAccount().stream()
                    .map(row -> dynamicTest(row.name() + " (" + row.says() + ")", () -> pausesAndGoesOn(row)));
            return Stream.concat(
                    rows,
                    Stream.of(
                            dynamicTest("what waited for a mended account is delivered", this::whatWaitedGoesOn),
                            dynamicTest(
                                    "nothing is posted that the ledger does not know", this::nothingElseWasPosted)));
        }

        private void pausesAndGoesOn(FailureRow row) throws IOException {
            List<Case> cases =
                    cases().stream().filter(each -> each.row().equals(row)).toList();
            cases.forEach(this::plan);
            await().atMost(LONG_ENOUGH).until(() -> cases.stream()
                    .allMatch(each -> hasEnded(each)
                            && account(each.provider()).pausedFor().isPresent()));
            for (Case each : cases) {
                assertThat(account(each.provider()).pausedFor().orElseThrow())
                        .containsIgnoringCase(each.ending().words());
                ended(each);
                ledger().resumeAccount(each.provider().label());
            }
        }

        private void whatWaitedGoesOn() {
            for (Case each : cases()) {
                if (each.ending().state() == RenderState.PLANNED) {
                    await().atMost(LONG_ENOUGH).until(() -> render(each).state() == RenderState.DELIVERED);
                    assertThat(render(each).attempts()).hasSize(2);
                }
            }
        }
    }

    /** Where a provider does not say when it is over, the account cools down for longer than a test may take. */
    @Nested
    class A_limit extends Table {

        A_limit() {
            super(FailureTable.ofALimit());
        }

        @Override
        void configure(Properties properties) {
            super.configure(properties);
            properties.put("ray.retry.technical", "0");
        }

        @TestFactory
        Stream<DynamicTest> of_the_rate_is_waited_for() {
            return waitedFor(FailureAction.RATE_LIMITED);
        }

        @TestFactory
        Stream<DynamicTest> of_concurrent_jobs_is_waited_for() {
            return waitedFor(FailureAction.TOO_MANY_JOBS);
        }

        @TestFactory
        Stream<DynamicTest> that_says_nothing_is_waited_for() {
            return waitedFor(FailureAction.BARE_429);
        }

        private Stream<DynamicTest> waitedFor(FailureAction action) {
            List<Case> cases = cases().stream()
                    .filter(each -> each.row().rules().get(0).action() == action)
                    .toList();
            cases.forEach(this::plan);
            return cases.stream()
                    .map(each -> dynamicTest(
                            each.provider().label() + ": " + each.row().name(), () -> coolsDown(each)));
        }

        private void coolsDown(Case each) throws IOException {
            // Luma and Replicate say that it will be over in a second: whoever looks late does not see it any more.
            if (each.provider() != ProviderName.GMI && each.row().says().equals("429 RPM")) {
                await().atMost(LONG_ENOUGH).until(() -> render(each).state() == RenderState.DELIVERED);
                assertThat(render(each).attempts()).hasSize(2);
            } else {
                await().atMost(LONG_ENOUGH)
                        .until(() -> account(each.provider()).notBefore().isPresent());
                await().atMost(LONG_ENOUGH).until(() -> hasEnded(each));
                ended(each);
            }
        }
    }
}
