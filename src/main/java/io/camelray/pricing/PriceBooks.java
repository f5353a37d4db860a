package io.camelray.pricing;

import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.SourceLength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The price books by provider. */
public final class PriceBooks {

    private final Map<ProviderName, PriceBook> books = new EnumMap<>(ProviderName.class);

    public PriceBooks(Collection<PriceBook> books) {
        books.forEach(book -> this.books.put(book.provider(), book));
    }

    /** The books as they ship. */
    public static PriceBooks standard() {
        return new PriceBooks(Arrays.stream(ProviderName.values())
                .map(provider -> PriceBookReader.resource(provider.label() + ".yaml"))
                .toList());
    }

    /**
     * The books in a folder, {@code *.yaml} or {@code *.yml}, and the standard ones for the providers that it has none of.
     *
     * @throws IllegalArgumentException naming file and line, if a book is wrong, or if there is no such folder
     */
    public static PriceBooks read(Path folder) {
        PriceBooks all = standard();
        Map<ProviderName, Path> found = new EnumMap<>(ProviderName.class);
        for (Path file : files(folder)) {
            PriceBook book = PriceBookReader.file(file);
            Path other = found.put(book.provider(), file);
            if (other != null) {
                throw new IllegalArgumentException("Price books " + other + " and " + file + " are both of "
                        + book.provider().label());
            }
            all.books.put(book.provider(), book);
        }
        return all;
    }

    public Optional<PriceBook> book(ProviderName provider) {
        return Optional.ofNullable(books.get(provider));
    }

    /** What this request costs there; empty when nobody has said (R108). An edit or a reframe is priced at the longest. */
    public Optional<Price> price(ProviderName provider, RenderRequest request) {
        return price(provider, request, SourceLength.NONE);
    }

    /**
     * What this request costs there; empty when nobody has said (R108).
     *
     * @param source the clip that an edit or a reframe works on; {@link SourceLength#NONE} when nobody knows it
     */
    public Optional<Price> price(ProviderName provider, RenderRequest request, SourceLength source) {
        return book(provider).flatMap(book -> book.price(request, source));
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder of price books at " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The price books in " + folder + " cannot be listed", e);
        }
    }
}
