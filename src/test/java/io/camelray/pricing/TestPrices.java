package io.camelray.pricing;

import io.camelray.model.ProviderName;
import java.util.Arrays;

/** Price books in which every operation has a price, for tests that are about other things. */
public final class TestPrices {

    private TestPrices() {}

    /** The Luma book's prices for generation; 0.10, 0.20, 0.40 and 0.80 by resolution for everything else. */
    public static PriceBooks everyOperation() {
        return new PriceBooks(
                Arrays.stream(ProviderName.values()).map(TestPrices::book).toList());
    }

    private static PriceBook book(ProviderName provider) {
        return PriceBookReader.read(
                provider.label() + ".yaml",
                """
                provider: %s
                version: 1
                date: 2026-11-21
                currency: USD
                prices:
                  - {operation: generate, range: sdr, duration: 5s, per: clip,
                     expected: {360p: 0.06, 540p: 0.15, 720p: 0.30, 1080p: 1.20}}
                  - {operation: generate, range: sdr, duration: 10s, per: clip,
                     expected: {360p: 0.06, 540p: 0.15, 720p: 0.30, 1080p: 1.20}}
                  - {operation: extend, range: sdr, per: clip, expected: {360p: 0.10, 540p: 0.20, 720p: 0.40, 1080p: 0.80}}
                  - {operation: edit, range: sdr, per: clip, longestSource: 30, expected: {360p: 0.10, 540p: 0.20, 720p: 0.40, 1080p: 0.80}}
                  - {operation: reframe, range: sdr, per: clip, longestSource: 30, expected: {360p: 0.10, 540p: 0.20, 720p: 0.40, 1080p: 0.80}}
                """
                        .formatted(provider.label()));
    }
}
