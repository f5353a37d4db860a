package io.camelray.pricing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.model.ClipLength;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import java.util.Arrays;
import java.util.List;

/** Price books in which every operation has a price, for tests that are about other things. */
public final class TestPrices {

    private TestPrices() {}

    /** The Luma book's prices for generation; 0.10, 0.20, 0.40 and 0.80 by resolution for everything else. */
    public static PriceBooks everyOperation() {
        return new PriceBooks(
                Arrays.stream(ProviderName.values()).map(TestPrices::book).toList());
    }

    private static PriceBook book(ProviderName provider) {
        ObjectNode book = new ObjectMapper().createObjectNode();
        book.put("provider", provider.label()).put("version", 1).put("date", "2026-11-21");
        ArrayNode rows = book.putArray("perClip");
        for (Operation operation : Operation.values()) {
            for (ClipLength length : ClipLength.values()) {
                List<String> prices = operation == Operation.GENERATE
                        ? List.of("0.06", "0.15", "0.30", "1.20")
                        : List.of("0.10", "0.20", "0.40", "0.80");
                rows.addObject()
                        .put("operation", operation.label())
                        .put("range", "sdr")
                        .put("duration", length.label())
                        .putObject("expected")
                        .put("360p", prices.get(0))
                        .put("540p", prices.get(1))
                        .put("720p", prices.get(2))
                        .put("1080p", prices.get(3));
            }
        }
        return PriceBookReader.read(book);
    }
}
