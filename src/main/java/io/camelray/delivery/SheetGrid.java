package io.camelray.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.AspectRatio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Renders laid out as they were asked for: one grid to a step, a row to what the axes but the ratio say, a column to a ratio. */
final class SheetGrid {

    private static final String RATIO = "aspectRatio";
    private static final String ANY_RATIO = "any ratio";

    private final Map<String, Section> sections = new LinkedHashMap<>();

    /** The renders of one step. */
    static final class Section {
        private final Set<String> columns = new LinkedHashSet<>();
        private final Map<String, Map<String, RenderRecord>> rows = new LinkedHashMap<>();

        List<String> columns() {
            return List.copyOf(columns);
        }

        Set<String> rows() {
            return rows.keySet();
        }

        /** What was asked for there; empty is a gap. */
        Optional<RenderRecord> at(String row, String column) {
            return Optional.ofNullable(rows.get(row).get(column));
        }

        int gaps() {
            return rows.values().stream()
                    .mapToInt(row -> columns.size() - row.size())
                    .sum();
        }
    }

    void add(RenderRecord render) {
        Section section = sections.computeIfAbsent(render.step(), step -> new Section());
        String column = column(render);
        section.columns.add(column);
        section.rows.computeIfAbsent(row(render), row -> new LinkedHashMap<>()).put(column, render);
    }

    Set<String> steps() {
        return sections.keySet();
    }

    Section section(String step) {
        return sections.get(step);
    }

    boolean isEmpty() {
        return sections.isEmpty();
    }

    static String column(RenderRecord render) {
        JsonNode ofCell = Findings.tree(render.cell()).path(RATIO);
        if (ofCell.isTextual()) {
            return ofCell.asText();
        }
        return render.request().aspectRatio().map(AspectRatio::label).orElse(ANY_RATIO);
    }

    private static String row(RenderRecord render) {
        List<String> values = new ArrayList<>();
        Findings.tree(render.cell()).properties().forEach(axis -> {
            if (!axis.getKey().equals(RATIO)) {
                JsonNode value = axis.getValue();
                values.add(value.isObject() ? value.path("id").asText() : value.asText());
            }
        });
        return values.isEmpty() ? render.campaign() : String.join(" · ", values);
    }
}
