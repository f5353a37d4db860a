package io.camelray.ledger;

import io.camelray.ledger.RedeliveryTable.Source;
import io.camelray.ledger.RenderSets.Place;
import io.camelray.model.Destination;
import io.camelray.model.RenderId;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Refuses a revision that would store something where an object lies that is still to be copied from there: two renders
 * that swap their keys would destroy each other. Remembers eight bytes for each such object.
 */
final class CopyConflicts {
    private static final int SOME = 1000;

    private final Tables tables;
    private final Handle handle;
    private final long campaignId;

    CopyConflicts(Tables tables, Handle handle, long campaignId) {
        this.tables = tables;
        this.handle = handle;
        this.campaignId = campaignId;
    }

    /** One planned name. */
    private record Name(long outputId, RenderId render, String location) {}

    /** @throws KeyInUseException if there is such a place */
    void refuse(long draft) {
        long[] places = places();
        if (places.length == 0) {
            return;
        }
        List<Place> page = tables.sets().page(handle, draft, Place.START, SOME);
        while (!page.isEmpty()) {
            List<RenderId> ids = page.stream().map(Place::id).toList();
            for (Name name : names(ids)) {
                if (Arrays.binarySearch(places, hash(name.location())) >= 0) {
                    clash(name);
                }
            }
            page = tables.sets().page(handle, draft, page.get(page.size() - 1), SOME);
        }
    }

    private long[] places() {
        List<Source> some = tables.redeliveries().sources(handle, campaignId, 0, SOME);
        long[] places = new long[some.size()];
        int known = 0;
        while (!some.isEmpty()) {
            if (known + some.size() > places.length) {
                places = Arrays.copyOf(places, 2 * (known + some.size()));
            }
            for (Source source : some) {
                places[known++] = hash(source.location());
            }
            some = tables.redeliveries()
                    .sources(handle, campaignId, some.get(some.size() - 1).outputId(), SOME);
        }
        long[] all = Arrays.copyOf(places, known);
        Arrays.sort(all);
        return all;
    }

    private List<Name> names(List<RenderId> renders) {
        return handle
                .createQuery(
                        """
                        SELECT id, render_id, destination, object_key, alternate_key FROM ray_output
                         WHERE render_id IN (<renders>) AND asked = TRUE""")
                .bindList("renders", renders.stream().map(RenderId::value).toList())
                .map((row, context) -> {
                    Destination destination = Destination.parse(row.getString("destination"));
                    long id = row.getLong("id");
                    RenderId render = new RenderId(row.getLong("render_id"));
                    return Stream.of(row.getString("object_key"), row.getString("alternate_key"))
                            .filter(key -> !key.isEmpty())
                            .map(key -> new Name(id, render, destination.locate(key)))
                            .toList();
                })
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The hash may deceive, and an output may go back to where it lies. */
    private void clash(Name name) {
        String wanted = folded(name.location());
        List<Source> some = tables.redeliveries().sources(handle, campaignId, 0, SOME);
        while (!some.isEmpty()) {
            Optional<Source> there = some.stream()
                    .filter(source -> folded(source.location()).equals(wanted))
                    .findFirst();
            if (there.isPresent()) {
                if (there.get().outputId() != name.outputId()) {
                    throw new KeyInUseException(
                            name.location(), name.render(), there.get().render());
                }
                return;
            }
            some = tables.redeliveries()
                    .sources(handle, campaignId, some.get(some.size() - 1).outputId(), SOME);
        }
    }

    private static String folded(String location) {
        return Normalizer.normalize(location.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static long hash(String location) {
        return UUID.nameUUIDFromBytes(folded(location).getBytes(StandardCharsets.UTF_8))
                .getLeastSignificantBits();
    }
}
