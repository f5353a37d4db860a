package io.camelray.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.ledger.RetryLedger.FailedRender;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The failed renders of a campaign by step and cell, and those of them that a retry names. */
final class FailedCells {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Key(String step, String cell, boolean draft) {}

    private final Map<Key, FailedRender> failed;
    private final Set<Key> named = new HashSet<>();

    FailedCells(List<FailedRender> renders, Optional<Retry> retry) {
        this.failed = renders.stream()
                .collect(Collectors.toMap(
                        render -> new Key(render.step(), render.cell(), render.draft()), Function.identity()));
        retry.ifPresent(asked ->
                failed.keySet().stream().filter(key -> isNamed(asked, key)).forEach(named::add));
    }

    private static boolean isNamed(Retry retry, Key key) {
        return retry.names(key.step(), values(key.cell()));
    }

    private static Map<String, String> values(String cell) {
        try {
            return Retry.cell(JSON.readTree(cell));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A cell is canonical JSON, not " + cell, e);
        }
    }

    Optional<FailedRender> at(String step, String cell, boolean draft) {
        return Optional.ofNullable(failed.get(new Key(step, cell, draft)));
    }

    boolean isNamed(FailedRender render) {
        return named.contains(new Key(render.step(), render.cell(), render.draft()));
    }

    /** Takes what is named, and what starts from it, as far as it failed. */
    CellChoice choice(Campaign campaign) {
        return new CellChoice() {
            @Override
            public boolean takes(Step step, Cell cell) {
                Key key = new Key(step.id(), campaign.matrix().canonical(cell), step.draft());
                return failed.containsKey(key) && (named.contains(key) || startsFromAnother(step, cell));
            }

            private boolean startsFromAnother(Step step, Cell cell) {
                return step.joins().stream()
                        .anyMatch(join -> takes(join, new Cell(-1, join.each().project(cell.at()))));
            }
        };
    }
}
