package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerArchive;
import io.camelray.ledger.LedgerArchive.Made;
import io.camelray.ledger.OperatorException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An archive that a person wants. As a document: {@code {"before": "2026-08-01T00:00:00Z", "campaigns": ["spring"], "file":
 * "/archive/spring.jsonl.gz"}}.
 *
 * @param campaigns only these; empty for all that have ended
 * @param file absolute
 */
public record Archive(Instant before, List<String> campaigns, Path file) {

    public Archive {
        campaigns = List.copyOf(campaigns);
    }

    static Archive read(JsonNode document) {
        Path file = Path.of(document.path("file").asText());
        if (!file.isAbsolute()) {
            throw new OperatorException("The file of an archive must be named from the root");
        }
        List<String> campaigns = new ArrayList<>();
        document.path("campaigns").forEach(name -> campaigns.add(name.asText()));
        try {
            return new Archive(Instant.parse(document.path("before").asText()), campaigns, file);
        } catch (DateTimeParseException e) {
            throw new OperatorException("'" + document.path("before").asText() + "' is no moment");
        }
    }

    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("before", before.toString())
                .put("file", file.toString());
        ArrayNode names = document.putArray("campaigns");
        campaigns.forEach(names::add);
        return document;
    }

    /**
     * Makes it.
     *
     * @throws OperatorException if it cannot be made, or a campaign that is named cannot be archived
     */
    public ObjectNode apply(Ledger ledger) {
        try {
            Optional<Made> made = LedgerArchive.write(ledger, before, campaigns, file, Clock.systemUTC());
            return made.map(this::answer).orElseGet(() -> answer("No campaign has wholly ended before " + before
                            + "; nothing is archived, and no file is written")
                    .put("renders", 0));
        } catch (IOException e) {
            throw new OperatorException(
                    "The archive " + file + " cannot be written: " + e.getMessage() + "; the ledger keeps everything");
        }
    }

    private ObjectNode answer(Made made) {
        String changed = made.changed().isEmpty()
                ? ""
                : "; " + String.join(", ", made.changed())
                        + " changed meanwhile and stays in the ledger, whatever the file says of it";
        ObjectNode answer = answer(campaigns(made.campaigns().size()) + ", "
                        + made.lines().getOrDefault("render", 0L)
                        + " renders, are in " + file + " (" + made.bytes() + " bytes), and not in the ledger any more"
                        + changed)
                .put("file", file.toString())
                .put("bytes", made.bytes())
                .put("sha256", made.sha256())
                .put("renders", made.lines().getOrDefault("render", 0L))
                .put("removed", made.removed());
        ArrayNode names = answer.putArray("campaigns");
        made.campaigns().forEach(names::add);
        ArrayNode stayed = answer.putArray("changed");
        made.changed().forEach(stayed::add);
        return answer;
    }

    private static String campaigns(int count) {
        return count == 1 ? "1 campaign" : count + " campaigns";
    }

    private ObjectNode answer(String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message).put("before", before.toString());
    }
}
