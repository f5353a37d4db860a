package io.camelray.pricing;

import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The price books by provider. */
public final class PriceBooks {

    private static final String LUMA = "/prices/luma-2026-11-21.json";

    private final Map<ProviderName, PriceBook> books = new EnumMap<>(ProviderName.class);

    public PriceBooks(Collection<PriceBook> books) {
        books.forEach(book -> this.books.put(book.provider(), book));
    }

    /** The books as they ship. */
    public static PriceBooks standard() {
        return of(LUMA);
    }

    private static PriceBooks of(String... resources) {
        return new PriceBooks(
                Arrays.stream(resources).map(PriceBookReader::resource).toList());
    }

    public Optional<PriceBook> book(ProviderName provider) {
        return Optional.ofNullable(books.get(provider));
    }

    /** What this request costs there; empty when nobody has said (R108). */
    public Optional<Price> price(ProviderName provider, RenderRequest request) {
        return book(provider).flatMap(book -> book.price(request));
    }
}
