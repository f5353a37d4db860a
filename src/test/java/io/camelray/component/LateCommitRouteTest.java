package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.HastyLine;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.PostgresServer;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server takes its time to commit an intent, and the way to it breaks meanwhile. */
@ExtendWith(PostgresServer.class)
class LateCommitRouteTest extends RayRouteTest {

    private final PostgresServer.Database database;
    private HastyLine line;

    LateCommitRouteTest(PostgresServer.Database database) {
        this.database = database;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        line = new HastyLine(database.url(), "INSERT INTO ray_attempt");
        return super.createCamelContext();
    }

    @Override
    void configure(Properties properties) {
        properties.put("ray.ledger.url", line.url());
        properties.put("ray.ledger.username", "postgres");
    }

    @AfterEach
    void cutTheLine() throws Exception {
        context().stop();
        line.close();
    }

    /** Two seconds after the program has asked for it, and has been cut off. */
    private void commitsOfIntentsTakeLong() {
        database.asSuperuser().useHandle(handle -> {
            handle.execute("CREATE FUNCTION ray_sleep() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN PERFORM pg_sleep(2); RETURN NULL; END $$");
            handle.execute("CREATE CONSTRAINT TRIGGER ray_slow AFTER INSERT ON ray_attempt"
                    + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ray_sleep()");
        });
    }

    @Test
    void an_intent_that_turns_up_after_it_was_looked_for_is_taken_back_and_its_render_goes_on() {
        commitsOfIntentsTakeLong();
        drop("late.yaml", oneClip("late"));

        CampaignStatus status = settled("late");
        assertThat(line.isBroken()).isTrue();
        assertThat(status.count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(status.reserved()).isEqualTo(Money.ZERO);
        assertThat(renders("late").get(0).attempts())
                .extracting(attempt -> attempt.verdict())
                .containsExactly("not-accepted", "accepted");
        assertThat(sandbox().ledger().posts()).isEqualTo(1);
    }
}
