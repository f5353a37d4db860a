package io.camelray.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.Ledger;
import io.camelray.ledger.LedgerBackup;
import io.camelray.ledger.OperatorException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** A backup that a person wants. As a document: {@code {"file": "/backups/monday.zip"}}. @param file absolute */
public record Backup(Path file) {

    static Backup read(JsonNode document) {
        Path file = Path.of(document.path("file").asText());
        if (!file.isAbsolute()) {
            throw new OperatorException("The file of a backup must be named from the root");
        }
        return new Backup(file);
    }

    public ObjectNode document() {
        return JsonNodeFactory.instance.objectNode().put("file", file.toString());
    }

    /**
     * Makes it.
     *
     * @throws OperatorException if it cannot be made there
     */
    public ObjectNode apply(Ledger ledger, Path home) {
        try {
            Path receipts = home.resolve("ledger").resolve("receipts.log");
            LedgerBackup.Made made = LedgerBackup.write(ledger, receipts, file, Clock.systemUTC());
            return JsonNodeFactory.instance
                    .objectNode()
                    .put(
                            "message",
                            "The ledger as of " + made.at() + " is in " + file + " (" + made.bytes() + " bytes)")
                    .put("file", file.toString())
                    .put("at", made.at().toString())
                    .put("bytes", made.bytes());
        } catch (IOException e) {
            throw new OperatorException("The backup " + file + " cannot be written: " + e.getMessage());
        }
    }
}
