package io.camelray.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Reads a price book from its data file. */
final class PriceBookReader {

    private PriceBookReader() {}

    /** @throws IllegalArgumentException if the book contradicts itself or speaks of what does not exist */
    static PriceBook resource(String name) {
        try (InputStream in = PriceBookReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no price book " + name);
            }
            return read(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("Price book " + name + " cannot be read", e);
        }
    }

    static PriceBook read(JsonNode book) {
        Map<PriceBook.Cell, Price> prices = new HashMap<>();
        for (JsonNode row : book.path("perClip")) {
            readRow(row, prices);
        }
        return new PriceBook(
                Labelled.of(ProviderName.class, text(book, "provider")),
                book.path("version").asInt(),
                LocalDate.parse(text(book, "date")),
                prices);
    }

    private static void readRow(JsonNode row, Map<PriceBook.Cell, Price> prices) {
        Operation operation = Labelled.of(Operation.class, text(row, "operation"));
        DynamicRange range = Labelled.of(DynamicRange.class, text(row, "range"));
        ClipLength length = Labelled.of(ClipLength.class, text(row, "duration"));
        row.path("expected").properties().forEach(entry -> {
            PriceBook.Cell cell =
                    new PriceBook.Cell(operation, range, length, Labelled.of(Resolution.class, entry.getKey()));
            JsonNode upper = row.path("upperBound").path(entry.getKey());
            Money expected = Money.dollars(entry.getValue().textValue());
            Price price = upper.isMissingNode()
                    ? Price.of(expected)
                    : new Price(expected, Money.dollars(upper.textValue()), text(row, "assumption"));
            if (prices.put(cell, price) != null) {
                throw new IllegalArgumentException("The price book quotes " + cell + " twice");
            }
        });
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("The price book lacks '" + field + "'");
        }
        return value.textValue();
    }
}
