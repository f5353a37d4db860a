package io.camelray.ledger;

import static io.camelray.ledger.LedgerFixture.ACCOUNT;
import static io.camelray.ledger.LedgerFixture.render;
import static io.camelray.ledger.LedgerFixture.renders;
import static io.camelray.ledger.LedgerFixture.revision;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.Parent;
import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a new revision keeps of a large campaign. The time limits are far above what it takes. */
abstract class LedgerRevisionsContractTest {
    private static final int MANY = 5_000;
    private static final int CHANGED = 10;

    private LedgerFixture fixture;
    private Ledger ledger;

    abstract DataSource open();

    abstract void close();

    @BeforeEach
    void openLedger() {
        fixture = new LedgerFixture(open(), Money.dollars("1000"));
        ledger = fixture.ledger;
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
        close();
    }

    @Test
    void whatHasComeToNoFileYetDeliversAsTheNewRevisionSays() {
        List<RenderId> ids = fixture.planned("spring", "100", 2);
        fixture.rendering(ids.get(0));
        List<OutputKind> both = List.of(OutputKind.VIDEO, OutputKind.THUMBNAIL);

        var second = fixture.plan(
                revision("spring", "101"), List.of(render(0, "fingerprint-0", both), render(1, "fingerprint-1", both)));

        assertThat(second.kept()).isEqualTo(2);
        assertThat(second.added()).isZero();
        assertThat(fixture.ids("spring")).isEqualTo(ids);
        assertThat(ids).allSatisfy(id -> assertThat(fixture.record(id).outputs())
                .extracting(RenderRecord.OutputRecord::kind)
                .containsExactly(OutputKind.VIDEO, OutputKind.THUMBNAIL));
        assertThat(rows("ray_output")).isEqualTo(4);
    }

    @Test
    @Timeout(60)
    void aRevisionThatChangesTenOfFiveThousandRendersKeepsAllTheOthers() {
        List<RenderId> first = fixture.planned("spring", "100000", MANY);
        fixture.rendering(first.get(0));
        fixture.rendering(first.get(MANY - 1));
        assertThat(rows("ray_place")).as("nobody looks for one of them yet").isZero();

        var second = fixture.plan(revision("spring", "100001"), changed(renders(MANY), "second"));

        assertThat(second.added()).isEqualTo(CHANGED);
        assertThat(second.kept()).isEqualTo(MANY - CHANGED);
        assertThat(second.cancelled()).isEqualTo(CHANGED - 1);
        List<RenderId> now = fixture.ids("spring");
        assertThat(now).hasSize(MANY);
        assertThat(now.subList(0, MANY - CHANGED)).isEqualTo(first.subList(0, MANY - CHANGED));
        assertThat(now.subList(MANY - CHANGED, MANY)).doesNotContainAnyElementsOf(first);
        assertThat(fixture.status("spring").count(RenderState.RENDERING)).isEqualTo(1);
        assertThat(fixture.status("spring").count(RenderState.PLANNED)).isEqualTo(MANY - 1);
        assertThat(fixture.status("spring").expected()).isEqualTo(new Money(MANY * 1_000_000L));
        assertThat(first.subList(MANY - CHANGED, MANY - 1))
                .allSatisfy(id -> assertThat(fixture.state(id)).isEqualTo(RenderState.CANCELLED));
        assertThat(fixture.state(first.get(MANY - 1)))
                .as("paid for, and not asked for any more")
                .isEqualTo(RenderState.RENDERING);
        assertThat(rows("ray_render")).as("nothing is left of the twins").isEqualTo(MANY + CHANGED);
        assertThat(rows("ray_output")).isEqualTo(MANY + CHANGED);
        assertThat(rows("ray_place")).as("nor of where they were found").isEqualTo(CHANGED);

        var third = fixture.plan(revision("spring", "100002"), changed(renders(MANY), "third"));
        assertThat(third.kept()).as("brought by the first revision").isEqualTo(MANY - CHANGED);
        assertThat(third.added()).isEqualTo(CHANGED);
        assertThat(third.cancelled()).isEqualTo(CHANGED);
        assertThat(rows("ray_render")).isEqualTo(MANY + 2 * CHANGED);
        assertThat(ledger.due(ACCOUNT, 1)).singleElement().satisfies(due -> assertThat(due.id())
                .isEqualTo(first.get(1)));
    }

    @Test
    @Timeout(60)
    void aRevisionThatChangesTenOfFiveThousandRendersGivesTheKeptOnesTheirParentsAnew() {
        fixture.plan(revision("spring", "100000"), pairs(renders(MANY / 2)));
        List<RenderId> first = fixture.ids("spring");

        var second = fixture.plan(revision("spring", "100001"), pairs(changed(renders(MANY / 2), "second")));

        assertThat(second.added()).as("ten parents").isEqualTo(CHANGED);
        assertThat(second.kept()).isEqualTo(MANY - CHANGED);
        assertThat(second.cancelled()).isEqualTo(CHANGED);
        assertThat(fixture.status("spring").count(RenderState.PLANNED)).isEqualTo(MANY);
        assertThat(fixture.ids("spring")).containsAll(first.subList(0, MANY - 2 * CHANGED));
        assertThat(rows("ray_render")).isEqualTo(MANY + CHANGED);
        assertThat(rows("ray_parent")).isEqualTo(MANY / 2);
        assertThat(count("ray_parent l JOIN ray_render p ON p.id = l.parent_id JOIN ray_render c ON c.id = l.child_id"
                        + " WHERE c.pending_parents = 1 AND p.pending_parents = 0 AND p.ordinal + 1 = c.ordinal"
                        + " AND p.revision_id = 2 AND c.revision_id = 2"))
                .as("every child waits for the parent beside it in the new plan")
                .isEqualTo(MANY / 2);
    }

    /** With new fingerprints for the last ten. */
    private static List<PlannedRender> changed(List<PlannedRender> renders, String fingerprint) {
        List<PlannedRender> changed = new ArrayList<>(renders.subList(0, renders.size() - CHANGED));
        IntStream.range(renders.size() - CHANGED, renders.size())
                .mapToObj(i -> render(i, fingerprint + "-" + i, List.of(OutputKind.VIDEO)))
                .forEach(changed::add);
        return changed;
    }

    /** Each followed by a second step that starts from it. */
    private static List<PlannedRender> pairs(List<PlannedRender> renders) {
        List<PlannedRender> pairs = new ArrayList<>();
        for (PlannedRender render : renders) {
            int ordinal = 2 * render.ordinal();
            pairs.add(new PlannedRender(
                    render.step(),
                    render.cell(),
                    render.label(),
                    ordinal,
                    render.fingerprint(),
                    1,
                    render.request(),
                    render.price(),
                    render.outputs(),
                    render.line(),
                    List.of()));
            pairs.add(new PlannedRender(
                    "extend",
                    render.cell(),
                    render.label(),
                    ordinal + 1,
                    "longer",
                    1,
                    render.request(),
                    render.price(),
                    render.outputs(),
                    render.line(),
                    List.of(new Parent(render.step(), render.cell()))));
        }
        return pairs;
    }

    private int rows(String table) {
        return count(table);
    }

    private int count(String from) {
        return Jdbi.create(fixture.dataSource).withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM " + from)
                .mapTo(Integer.class)
                .one());
    }
}
