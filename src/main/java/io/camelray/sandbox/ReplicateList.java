package io.camelray.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts an account's predictions, the newest first, into pages that hold still while new ones come in. */
final class ReplicateList {

    private static final int PAGE = 100;
    private static final List<String> FILTERS = List.of("created_after", "created_before", "source");

    private final ReplicateView view;
    private final URI origin;

    ReplicateList(ReplicateView view, URI origin) {
        this.view = view;
        this.origin = origin;
    }

    /** @throws DateTimeException if a filter is no date with time and zone */
    ObjectNode page(List<Job> newestFirst, Map<String, String> query, Instant now) {
        List<Job> found = new ArrayList<>(newestFirst);
        if (query.containsKey("created_after")) {
            long after = millis(query.get("created_after"));
            found.removeIf(job -> job.acceptedAt() < after);
        }
        if (query.containsKey("created_before")) {
            long before = millis(query.get("created_before"));
            found.removeIf(job -> job.acceptedAt() >= before);
        }
        String cursor = query.getOrDefault("cursor", "");
        int from = start(found, cursor);
        int to = Math.min(found.size(), from + PAGE);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("previous", from > 0 ? link(query, "newer-" + found.get(from).id()) : null);
        page.put(
                "next",
                to < found.size() ? link(query, "older-" + found.get(to - 1).id()) : null);
        ArrayNode results = page.putArray("results");
        found.subList(from, to).forEach(job -> results.add(view.describe(job, now)));
        return page;
    }

    private static int start(List<Job> jobs, String cursor) {
        for (int i = 0; i < jobs.size(); i++) {
            if (cursor.equals("older-" + jobs.get(i).id())) {
                return i + 1;
            }
            if (cursor.equals("newer-" + jobs.get(i).id())) {
                return Math.max(0, i - PAGE);
            }
        }
        return 0;
    }

    private String link(Map<String, String> query, String cursor) {
        StringBuilder link = new StringBuilder(
                origin.resolve("/v1/predictions?cursor=" + cursor).toString());
        for (String filter : FILTERS) {
            if (query.containsKey(filter)) {
                link.append('&')
                        .append(filter)
                        .append('=')
                        .append(URLEncoder.encode(query.get(filter), StandardCharsets.UTF_8));
            }
        }
        return link.toString();
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }
}
