package io.camelray.pricing;

import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a price book from its data file. */
final class PriceBookReader {

    private static final Set<String> BOOK = Set.of("provider", "version", "date", "currency", "prices");
    private static final Set<String> ROW = Set.of(
            "operation",
            "range",
            "duration",
            "per",
            "longestSource",
            "expected",
            "upperBound",
            "upperBoundOfOne",
            "assumption");

    private PriceBookReader() {}

    /** A book that ships with the program. */
    static PriceBook resource(String name) {
        try (InputStream in = PriceBookReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no price book " + name);
            }
            return read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Price book " + name + " cannot be read", e);
        }
    }

    /** A book of the user's. */
    static PriceBook file(Path path) {
        try {
            return read(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException("Price book " + path + " cannot be read", e);
        }
    }

    /** @throws IllegalArgumentException if the book contradicts itself or speaks of what does not exist, with the line */
    static PriceBook read(String name, String yaml) {
        BookFields book = BookFields.parse(name, yaml);
        book.allow(BOOK);
        book.read("currency", PriceBookReader::dollars);
        Map<PriceBook.Cell, Tariff> tariffs = new HashMap<>();
        for (BookFields row : book.rows("prices")) {
            readRow(row, tariffs);
        }
        return new PriceBook(
                book.read("provider", text -> Labelled.of(ProviderName.class, text)),
                book.read("version", Integer::parseInt),
                book.read("date", LocalDate::parse),
                tariffs);
    }

    private static void readRow(BookFields row, Map<PriceBook.Cell, Tariff> tariffs) {
        row.allow(ROW);
        Operation operation = row.read("operation", text -> Labelled.of(Operation.class, text));
        DynamicRange range = row.read("range", text -> Labelled.of(DynamicRange.class, text));
        Map<Resolution, Money> figures = amounts(row, "expected");
        if (figures.isEmpty()) {
            throw row.fail("'expected' is missing");
        }
        amounts(row, "upperBound").keySet().forEach(resolution -> quoted(row, figures, resolution));
        amounts(row, "upperBoundOfOne").keySet().forEach(resolution -> quoted(row, figures, resolution));
        for (Resolution resolution : figures.keySet()) {
            Tariff tariff = tariff(row, operation, resolution, figures.get(resolution));
            for (Optional<ClipLength> length : lengths(row, operation)) {
                PriceBook.Cell cell = new PriceBook.Cell(operation, range, length, resolution);
                if (tariffs.put(cell, tariff) != null) {
                    throw row.fail(operation.label() + ", " + range.label() + ", "
                            + length.map(found -> found.label() + ", ").orElse("") + resolution.label()
                            + " is quoted twice");
                }
            }
        }
    }

    private static Tariff tariff(BookFields row, Operation operation, Resolution resolution, Money expected) {
        BillingUnit unit = row.read("per", text -> Labelled.of(BillingUnit.class, text));
        boolean follows = operation == Operation.EDIT || operation == Operation.REFRAME;
        Optional<Integer> longest = row.readIfThere("longestSource", PriceBookReader::seconds);
        if (follows != longest.isPresent()) {
            throw row.fail("'longestSource' belongs to edit and reframe, and to each of them");
        }
        Money upperBound = amounts(row, "upperBound").getOrDefault(resolution, expected);
        Optional<Money> ofOne =
                Optional.ofNullable(amounts(row, "upperBoundOfOne").get(resolution));
        String assumption = row.readIfThere("assumption", text -> text).orElse("");
        boolean doubtful = !upperBound.equals(expected) || ofOne.isPresent();
        if (upperBound.compareTo(expected) < 0
                || ofOne.filter(most -> most.compareTo(expected) < 0).isPresent()) {
            throw row.fail("the upper bound at " + resolution.label() + " is below the expected price");
        }
        if (doubtful && assumption.isEmpty()) {
            throw row.fail("'assumption' is missing: say why the upper bound differs");
        }
        boolean onlyOfOne = !amounts(row, "upperBoundOfOne").isEmpty() && ofOne.isEmpty();
        return new Tariff(unit, expected, upperBound, ofOne, longest.orElse(0), onlyOfOne ? "" : assumption);
    }

    private static List<Optional<ClipLength>> lengths(BookFields row, Operation operation) {
        List<ClipLength> lengths = row.readAll("duration", text -> Labelled.of(ClipLength.class, text));
        if (lengths.isEmpty() == (operation == Operation.GENERATE)) {
            throw row.fail("'duration' belongs to generate, and to it alone");
        }
        return lengths.isEmpty()
                ? List.of(Optional.empty())
                : lengths.stream().map(Optional::of).toList();
    }

    private static Map<Resolution, Money> amounts(BookFields row, String field) {
        Map<Resolution, Money> amounts = new HashMap<>();
        row.part(field).ifPresent(part -> {
            part.allow(Set.of(Labelled.labels(Resolution.class).split(", ")));
            for (String name : part.names()) {
                amounts.put(Labelled.of(Resolution.class, name), part.read(name, PriceBookReader::money));
            }
        });
        return amounts;
    }

    private static void quoted(BookFields row, Map<Resolution, Money> figures, Resolution resolution) {
        if (!figures.containsKey(resolution)) {
            throw row.fail("an upper bound for " + resolution.label() + " needs an expected price");
        }
    }

    private static Money money(String text) {
        Money money = Money.dollars(text);
        if (money.micros() < 0) {
            throw new IllegalArgumentException("a price is not negative");
        }
        return money;
    }

    private static int seconds(String text) {
        int seconds = Integer.parseInt(text);
        if (seconds < 1) {
            throw new IllegalArgumentException("at least 1");
        }
        return seconds;
    }

    private static String dollars(String text) {
        if (!text.equals("USD")) {
            throw new IllegalArgumentException("only USD is counted");
        }
        return text;
    }
}
