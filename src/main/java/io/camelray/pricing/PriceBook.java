package io.camelray.pricing;

import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourceLength;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** One provider's prices as they were on one day. */
public final class PriceBook {

    private final ProviderName provider;
    private final int version;
    private final LocalDate date;
    private final Map<Cell, Tariff> tariffs;

    /** @param date the day on which the figures were taken */
    PriceBook(ProviderName provider, int version, LocalDate date, Map<Cell, Tariff> tariffs) {
        this.provider = provider;
        this.version = version;
        this.date = date;
        this.tariffs = Map.copyOf(tariffs);
    }

    /** What a clip is sold by. @param length of generated clips; empty for all others */
    record Cell(Operation operation, DynamicRange range, Optional<ClipLength> length, Resolution resolution) {

        static Cell of(RenderRequest request) {
            return new Cell(
                    request.operation(),
                    request.dynamicRange(),
                    Optional.of(request.length()).filter(length -> request.operation() == Operation.GENERATE),
                    request.resolution());
        }
    }

    public ProviderName provider() {
        return provider;
    }

    public int version() {
        return version;
    }

    public LocalDate date() {
        return date;
    }

    /**
     * Empty when the book does not quote it.
     *
     * @param source of an edit or a reframe; the longest allowed is assumed where it is {@link SourceLength#NONE}
     */
    public Optional<Price> price(RenderRequest request, SourceLength source) {
        return Optional.ofNullable(tariffs.get(Cell.of(request))).map(tariff -> tariff.price(request, source));
    }

    /** How an estimate names its source: {@code luma prices of 2026-11-21, version 1}. */
    @Override
    public String toString() {
        return provider.label() + " prices of " + date + ", version " + version;
    }
}
