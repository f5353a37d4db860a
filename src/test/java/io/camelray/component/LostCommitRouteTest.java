package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.CommitThief;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.PostgresServer;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.SandboxLedger;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way to the ledger's server breaks again and again, each time after a commit and before its reply. */
@ExtendWith(PostgresServer.class)
class LostCommitRouteTest extends RayRouteTest {

    private static final int RENDERS = 14;
    private static final int ONE_IN = 3;
    private static final int LOSSES = 20;
    private static final Duration WITH_LOSSES = Duration.ofMinutes(2);
    private static final String MANIFEST =
            """
            campaign: chain
            provider: luma
            defaults: {resolution: 540p}
            matrix:
              sku: [green mug, white cup]
              take: [1, 2, 3]
            steps:
              - id: hero
                operation: generate
                each: [sku]
                prompt: "A {{sku}} on a walnut table"
                aspectRatio: "16:9"
              - id: night
                operation: edit
                each: [sku, take]
                source: hero
                prompt: "The same at night, take {{take}}"
                edit: {autoControls: true}
              - id: fit
                operation: reframe
                each: [sku, take]
                source: night
                aspectRatio: "1:1"
                prompt: "More of the table {{take}}"
            deliver:
              key: "{{campaign}}/{{sku}}/{{take}}_{{step}}.{{ext}}"
            """;

    private final PostgresServer.Database database;
    private final Random chance = new Random(1);
    private CommitThief thief;
    private boolean steals;

    LostCommitRouteTest(PostgresServer.Database database) {
        this.database = database;
    }

    private synchronized boolean takes() {
        return steals && thief.taken() < LOSSES && chance.nextInt(ONE_IN) == 0;
    }

    private synchronized void begin() {
        steals = true;
    }

    @Override
    FailurePlan failures() {
        return FailurePlan.parse(
                "rules: [{on: submit, do: 429-bare, times: 1}, {on: job, do: content_moderated, times: 1,"
                        + " match: {promptContains: night}}]");
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        thief = new CommitThief(database.url(), this::takes);
        return super.createCamelContext();
    }

    @Override
    void configure(Properties properties) {
        properties.put("ray.ledger.url", thief.url());
        properties.put("ray.ledger.username", "postgres");
        properties.put("ray.channel.events", "file:" + home.resolve("events"));
    }

    @AfterEach
    void stopThief() throws Exception {
        context().stop();
        thief.close();
    }

    private boolean isAtRest(Ledger ledger) {
        CampaignStatus status = ledger.campaign("chain").orElseThrow();
        return status.count(RenderState.DELIVERED) + status.count(RenderState.FAILED) == RENDERS
                && ledger.workLeft().eventsToHandOver() == 0
                && ledger.workLeft().failuresToHandOver() == 0;
    }

    @Test
    void whatever_was_committed_unheard_nothing_is_paid_twice_and_nothing_is_left_lying() {
        begin();
        drop("chain.yaml", MANIFEST);
        await().atMost(WITH_LOSSES).ignoreExceptions().until(() -> isAtRest(ledger()));
        assertThat(thief.taken()).isEqualTo(LOSSES);
        assertThat(ledger().campaign("chain").orElseThrow().count(RenderState.FAILED))
                .as("the one that was moderated, and what should have started from it")
                .isEqualTo(2);
        assertThat(sandbox().ledger().generations())
                .extracting(SandboxLedger.Generation::id)
                .as("every paid generation is known, and none is there twice")
                .containsExactlyInAnyOrderElementsOf(renders("chain").stream()
                        .flatMap(render -> render.attempts().stream())
                        .flatMap(attempt -> attempt.job().stream())
                        .map(ProviderJobId::value)
                        .toList());
        assertThat(sandbox().ledger().generations()).hasSize(RENDERS - 1);
    }
}
