package io.camelray.pricing;

import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** One provider's prices as they were on one day. */
public final class PriceBook {

    private final ProviderName provider;
    private final int version;
    private final LocalDate date;
    private final Map<Cell, Price> prices;

    /** @param date the day on which the figures were taken */
    PriceBook(ProviderName provider, int version, LocalDate date, Map<Cell, Price> prices) {
        this.provider = provider;
        this.version = version;
        this.date = date;
        this.prices = Map.copyOf(prices);
    }

    /** What one clip is sold by. */
    record Cell(Operation operation, DynamicRange range, ClipLength length, Resolution resolution) {}

    public ProviderName provider() {
        return provider;
    }

    public int version() {
        return version;
    }

    public LocalDate date() {
        return date;
    }

    /** Empty when the book does not quote it. */
    public Optional<Price> price(RenderRequest request) {
        return Optional.ofNullable(prices.get(
                new Cell(request.operation(), request.dynamicRange(), request.length(), request.resolution())));
    }

    /** How an estimate names its source: {@code luma prices of 2026-11-21, version 1}. */
    @Override
    public String toString() {
        return provider.label() + " prices of " + date + ", version " + version;
    }
}
