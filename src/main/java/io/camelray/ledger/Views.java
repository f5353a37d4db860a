package io.camelray.ledger;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.LedgerViews.OpenWindow;
import io.camelray.ledger.LedgerViews.WorkLeft;
import io.camelray.ledger.RevisionTable.Current;
import io.camelray.ledger.WaitingTable.Queue;
import io.camelray.model.Destination;
import io.camelray.model.MediaRef;
import io.camelray.model.Money;
import io.camelray.model.RenderId;
import io.camelray.model.RenderState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What people and reports read. */
final class Views {
    private static final int PAGE = 500;

    private final LedgerDatabase database;
    private final Tables tables;
    private final RenderReader reader;

    Views(LedgerDatabase database, Tables tables, RenderReader reader) {
        this.database = database;
        this.tables = tables;
        this.reader = reader;
    }

    List<CampaignStatus> campaigns() {
        return database.read(handle -> counted(handle, tables.revisions().current(handle)));
    }

    Optional<CampaignStatus> campaign(String name) {
        return database.read(
                handle -> tables.revisions().current(handle, name).map(current -> counted(handle, current)));
    }

    OptionalLong sourceMillis(RenderRecord render) {
        return database.read(handle -> render.request()
                .source()
                .filter(MediaRef.Step.class::isInstance)
                .flatMap(step -> tables.parents().parent(handle, render.id(), ((MediaRef.Step) step).id()))
                .flatMap(parent -> reader.render(handle, parent))
                .map(ClipMillis::of)
                .orElse(OptionalLong.empty()));
    }

    List<Destination> destinations(String campaign) {
        return database.read(handle -> tables.revisions()
                .current(handle, campaign)
                .map(current -> tables.outputs().destinations(handle, current.id()))
                .orElse(List.of()));
    }

    boolean hasStored(Destination destination, String key) {
        return database.read(handle -> tables.outputs().hasStored(handle, destination, key));
    }

    List<CampaignStatus> unreported() {
        return database.read(handle -> counted(handle, tables.revisions().unreported(handle)));
    }

    private List<CampaignStatus> counted(Handle handle, List<Current> revisions) {
        return revisions.stream().map(current -> counted(handle, current)).toList();
    }

    private CampaignStatus counted(Handle handle, Current current) {
        CampaignStatus status = current.status();
        // While the rows of an archived revision are removed they count for nothing.
        Map<RenderState, Integer> archived = tables.archive().counts(handle, current.id(), false);
        Map<RenderState, Integer> counts = archived.isEmpty() ? tables.sets().counts(handle, current.id()) : archived;
        Map<RenderState, Integer> drafts = !current.drafts()
                ? Map.of()
                : archived.isEmpty()
                        ? tables.sets().draftCounts(handle, current.id())
                        : tables.archive().counts(handle, current.id(), true);
        drafts.forEach((state, some) -> counts.merge(state, -some, (all, less) -> all + less == 0 ? null : all + less));
        return new CampaignStatus(
                status.campaign(),
                status.revision(),
                status.manifestDigest(),
                status.source(),
                counts,
                status.budget(),
                status.expected(),
                status.reserved(),
                status.confirmed(),
                status.atRisk(),
                status.acceptedAt(),
                status.changes(),
                drafts);
    }

    Set<String> pausedCampaigns() {
        return database.read(handle -> tables.campaigns().paused(handle));
    }

    void recordReported(CampaignStatus status) {
        database.change(tx -> {
            tables.revisions().recordReported(tx.handle(), status.campaign(), status.revision(), status.changes());
            return null;
        });
    }

    Optional<RenderRecord> render(RenderId id) {
        return database.read(handle -> reader.render(handle, id));
    }

    /** Page after page by place in the plan: a cursor would have an embedded database hold all of the result. */
    void renders(String campaign, Consumer<RenderRecord> consumer) {
        Optional<Current> current = database.read(handle -> tables.revisions().current(handle, campaign));
        if (current.isEmpty()) {
            return;
        }
        RenderSets.Place after = RenderSets.Place.START;
        while (after != null) {
            RenderSets.Place from = after;
            List<RenderSets.Place> places = database.read(
                    handle -> tables.sets().page(handle, current.get().id(), from, PAGE));
            List<RenderId> ids = places.stream().map(RenderSets.Place::id).toList();
            database.read(handle -> reader.renders(handle, ids)).forEach(consumer);
            after = places.isEmpty() ? null : places.get(places.size() - 1);
        }
    }

    List<OpenWindow> openWindows() {
        return database.read(handle -> tables.windows().all(handle));
    }

    WorkLeft workLeft() {
        return database.read(handle -> {
            long now = Micros.of(database.now(handle));
            int later = 0;
            Optional<Instant> next = Optional.empty();
            for (String account : tables.accounts().names(handle)) {
                later += tables.renders().dueLater(handle, account, now);
                Optional<Instant> first = tables.renders().nextDue(handle, account, now);
                if (first.isPresent() && (next.isEmpty() || first.get().isBefore(next.get()))) {
                    next = first;
                }
            }
            int due = tables.sets().planned(handle) - later;
            Optional<Instant> window = tables.windows().next(handle);
            if (window.isPresent() && (next.isEmpty() || window.get().isBefore(next.get()))) {
                next = window;
            }
            return new WorkLeft(
                    due,
                    later + tables.windows().count(handle),
                    next,
                    tables.sets().waitingForParents(handle),
                    tables.renders().count(handle, RenderState.SUBMITTING),
                    tables.renders().count(handle, RenderState.RENDERING),
                    tables.waiting().count(handle, Queue.DELIVERY),
                    tables.waiting().count(handle, Queue.FAILURE),
                    tables.events().queue().count(handle));
        });
    }

    Money reservedOn(LocalDate day) {
        return database.read(handle -> tables.days().reserved(handle, day));
    }
}
