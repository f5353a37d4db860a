package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.RenderState;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;

/** A node sleeps while an output arrives, another one takes it over, and the first one wakes up. */
class TakenOverRouteTest extends RayRouteTest {

    private static final long ANOTHER = 4711;
    private static final long NOBODY = 0;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private void lease(long node, long until) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + home.resolve("ledger/ledger"), "sa", "");
                var update = connection.prepareStatement(
                        "UPDATE ray_waiting SET epoch = ?, lease_until = ? WHERE queue = 'delivery'")) {
            update.setLong(1, node);
            update.setLong(2, until);
            update.executeUpdate();
        }
    }

    @Test
    void it_writes_nothing_and_the_output_is_delivered_by_who_has_it() throws Exception {
        AtomicBoolean sleeps = new AtomicBoolean(true);
        AdviceWith.adviceWith(context(), "deliver", route -> route.weaveByToUri("ray:secure")
                .before()
                .process(exchange -> {
                    if (sleeps.get()) {
                        lease(ANOTHER, FOR_EVER);
                    }
                }));
        NotifyBuilder woken =
                new NotifyBuilder(context()).fromRoute("deliver").whenFailed(1).create();
        drop("one.yaml", oneClip("one"));
        assertThat(woken.matches(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(files("outputs")).isEmpty();
        assertThat(ledger().campaign("one").orElseThrow().count(RenderState.RENDERED))
                .isEqualTo(1);

        sleeps.set(false);
        lease(NOBODY, 0);
        drop("two.yaml", oneClip("two"));

        assertThat(settled("two").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(settled("one").count(RenderState.DELIVERED)).isEqualTo(1);
        assertThat(sandbox().ledger().posts()).isEqualTo(2);
    }
}
