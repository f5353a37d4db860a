package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.ALWAYS;
import static io.camelray.ledger.LedgerFixture.intent;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static io.camelray.ledger.LedgerFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.AttemptToken;
import io.camelray.model.FailureClass;
import io.camelray.model.Money;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Does anything at all to one campaign, in any order, and checks its money after each step. */
final class RandomWork {
    private final LedgerFixture fixture;
    private final Random random;
    private final String campaign;
    private final Money budget;
    private final Jdbi jdbi;
    private final Map<RenderId, AttemptToken> latest = new HashMap<>();
    private long spentPastTheCap;

    RandomWork(LedgerFixture fixture, Random random, String campaign, Money budget) {
        this.fixture = fixture;
        this.random = random;
        this.campaign = campaign;
        this.budget = budget;
        this.jdbi = Jdbi.create(fixture.dataSource);
    }

    void run(int steps) {
        fixture.plan(revision(campaign, budget.toDollars().toPlainString()), renders(18));
        List<RenderId> ids = fixture.ids(campaign);
        for (int step = 0; step < steps; step++) {
            RenderId id = ids.get(random.nextInt(ids.size()));
            String did = step(id);
            check(campaign + ", step " + step + ": " + did + " " + id);
        }
        assertThat(fixture.status(campaign).total()).isEqualTo(18);
    }

    private String step(RenderId id) {
        Ledger ledger = fixture.ledger;
        AttemptToken last = latest.get(id);
        int choice = random.nextInt(13);
        if (choice < 4 || last == null) {
            for (DueRender due : ledger.due(ACCOUNT, 1)) {
                AttemptToken token = token();
                ledger.bind(intent(due.id(), token), ALWAYS);
                if (ledger.isBound(LedgerFixture.ACCOUNT, token)) {
                    latest.put(due.id(), token);
                }
            }
            return "bind";
        }
        switch (choice) {
            case 4, 5 -> {
                if (fixture.state(id) == RenderState.SUBMITTING || fixture.state(id) == RenderState.UNKNOWN) {
                    ledger.recordAccepted(last, new ProviderJobId(last.toString()));
                } else if (random.nextInt(10) == 0
                        && ledger.recordAccepted(last, new ProviderJobId("second-" + last))
                                == SubmissionLedger.Acceptance.SECOND_PAID) {
                    spentPastTheCap += Money.dollars("1.00").micros();
                }
            }
            case 6 -> ledger.recordUnknown(last, "reset");
            case 7 -> ledger.recordNotAccepted(last, Duration.ZERO, random.nextBoolean(), "503");
            case 8 -> ledger.recordRendered(id, new ProviderJobId(last.toString()), Optional.empty(), List.of());
            case 9 ->
                ledger.recordJobFailed(
                        id,
                        new ProviderJobId(last.toString()),
                        LedgerFixture.failure(FailureClass.GENERATION_FAILED),
                        random.nextBoolean(),
                        random.nextBoolean() ? Optional.of(Duration.ZERO) : Optional.empty());
            case 10 -> ledger.recordAccountFault(last, "402");
            case 11 -> operate(ledger, id);
            default -> {
                fixture.pass(Duration.ofMinutes(random.nextInt(600)));
                try {
                    ledger.abandon(id, random.nextBoolean());
                } catch (OperatorException refused) {
                    assertThat(refused).hasMessageContaining(id.toString());
                }
            }
        }
        return "choice " + choice;
    }

    private void operate(Ledger ledger, RenderId id) {
        fixture.pass(Duration.ofMinutes(random.nextInt(200)));
        try {
            switch (random.nextInt(9)) {
                case 0 -> ledger.cancel(id);
                case 1 -> ledger.pause(id);
                case 2 -> ledger.resume(id);
                case 3 -> ledger.pauseCampaign(campaign);
                case 4, 5 -> ledger.resumeCampaign(campaign, Optional.empty());
                case 6 -> ledger.retry(id);
                case 7 -> ledger.retryCampaign(campaign);
                default -> ledger.resubmit(id);
            }
        } catch (OperatorException refused) {
            assertThat(refused).message().isNotBlank();
        }
    }

    private void check(String when) {
        CampaignStatus status = fixture.status(campaign);
        jdbi.useHandle(handle -> {
            assertThat(sums(handle, "SELECT reserved, confirmed, at_risk FROM ray_campaign WHERE name = ?", campaign))
                    .as(when)
                    .isEqualTo(sums(
                            handle, ofAttempts("campaign_id = (SELECT id FROM ray_campaign WHERE name = ?)"), campaign))
                    .allMatch(sum -> sum >= 0);
            List<String> days = handle.createQuery("SELECT calendar_day FROM ray_budget_day")
                    .mapTo(String.class)
                    .list();
            for (String day : days) {
                assertThat(sums(
                                handle,
                                "SELECT reserved, confirmed, at_risk FROM ray_budget_day WHERE calendar_day = ?",
                                day))
                        .as(when + ", on " + day)
                        .isEqualTo(sums(handle, ofAttempts("budget_day = ?"), day));
            }
        });
        long used =
                status.reserved().plus(status.confirmed()).plus(status.atRisk()).micros();
        assertThat(used).as(when).isLessThanOrEqualTo(budget.micros() + spentPastTheCap);
    }

    private static String ofAttempts(String which) {
        return """
               SELECT COALESCE(SUM(CASE WHEN stake = 'reserved' THEN reserve END), 0),
                      COALESCE(SUM(CASE WHEN stake = 'confirmed' THEN confirmed END), 0),
                      COALESCE(SUM(CASE WHEN stake = 'at-risk' THEN reserve END), 0)
                 FROM ray_attempt WHERE"""
                + " " + which;
    }

    private static List<Long> sums(Handle handle, String sql, String key) {
        return handle.createQuery(sql)
                .bind(0, key)
                .map((row, context) -> {
                    List<Long> sums = new ArrayList<>();
                    for (int column = 1; column <= 3; column++) {
                        sums.add(row.getLong(column));
                    }
                    return sums;
                })
                .one();
    }
}
