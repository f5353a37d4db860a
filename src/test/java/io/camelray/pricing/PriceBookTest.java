package io.camelray.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourceLength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PriceBookTest {

    private static final PriceBooks BOOKS = PriceBooks.standard();

    /** Provider, operation, range, seconds, and the price at 360p, 540p, 720p, 1080p; a dash where there is none. */
    @ParameterizedTest(name = "{0} {1} {2} {3}s")
    @CsvSource({
        "luma, generate, sdr, 5, 0.06, 0.15, 0.30, 1.20",
        "luma, generate, sdr, 10, 0.18, 0.45, 0.90, 3.60",
        "luma, generate, hdr, 5, -, -, 0.60, 2.40",
        "luma, generate, hdr, 10, -, -, -, -",
        "luma, generate, hdr+exr, 5, -, -, 0.90, 3.60",
        "luma, generate, hdr+exr, 10, -, -, -, -",
        "luma, extend, sdr, 5, -, 0.15, 0.30, 1.20",
        "luma, extend, hdr, 5, -, -, -, -",
        "luma, edit, sdr, 5, 0.54, 0.72, 1.08, 2.16",
        "luma, edit, sdr, 10, 1.08, 1.44, 2.16, 4.32",
        "luma, edit, hdr, 5, 1.08, 1.44, 2.16, 4.32",
        "luma, edit, hdr, 10, 2.16, 2.88, 4.32, 8.64",
        "luma, edit, hdr+exr, 5, 1.62, 2.16, 3.24, 6.48",
        "luma, edit, hdr+exr, 10, 3.24, 4.32, 6.48, 12.96",
        "luma, reframe, sdr, 1, 0.03, 0.06, 0.12, 0.36",
        "luma, reframe, hdr, 1, -, -, -, -",
        "gmi, generate, sdr, 5, -, 0.15, 0.30, 1.20",
        "gmi, generate, sdr, 10, -, 0.30, 0.60, 2.40",
        "gmi, generate, hdr, 5, -, -, 1.20, 4.80",
        "gmi, generate, hdr, 10, -, -, -, -",
        "gmi, generate, hdr+exr, 5, -, -, 2.10, 8.40",
        "gmi, extend, sdr, 5, -, 0.15, 0.30, 1.20",
        "gmi, extend, hdr, 5, -, -, -, -",
        "gmi, edit, sdr, 5, -, 0.72, 1.08, 2.16",
        "gmi, edit, hdr, 5, -, -, 2.16, 4.32",
        "gmi, edit, hdr+exr, 5, -, -, 3.78, 7.56",
        "gmi, reframe, sdr, 1, -, 0.06, 0.12, 0.36",
        "gmi, reframe, hdr, 1, -, -, -, -",
        "replicate, generate, sdr, 5, -, 0.15, 0.30, 1.20",
        "replicate, generate, sdr, 10, -, 0.45, 0.90, 3.60",
        "replicate, generate, hdr, 5, -, -, 0.60, 2.40",
        "replicate, generate, hdr, 10, -, -, -, -",
        "replicate, generate, hdr+exr, 5, -, -, 0.90, 3.60",
        "replicate, extend, sdr, 5, -, -, -, -",
        "replicate, edit, sdr, 5, -, -, -, -",
        "replicate, reframe, sdr, 1, -, -, -, -"
    })
    void every_cell_of_the_tables_is_quoted_and_nothing_else(
            String provider,
            String operation,
            String range,
            int seconds,
            String draft,
            String small,
            String middle,
            String large) {
        String[] cells = {draft, small, middle, large};
        for (Resolution resolution : Resolution.values()) {
            String cell = cells[resolution.ordinal()];
            Optional<Price> price = BOOKS.price(
                    Labelled.of(ProviderName.class, provider),
                    request(operation, range, seconds + "s", resolution.label()),
                    SourceLength.measured(seconds));

            assertThat(price.map(Price::expected))
                    .as(resolution.label())
                    .isEqualTo(cell.equals("-") ? Optional.empty() : Optional.of(Money.dollars(cell)));
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}: up to {5}")
    @CsvSource({
        "luma, generate, hdr, 5, 720p, 1.20",
        "luma, generate, hdr, 5, 1080p, 4.80",
        "luma, generate, hdr+exr, 5, 720p, 1.20",
        "luma, generate, hdr+exr, 5, 1080p, 4.80",
        "luma, edit, sdr, 5, 720p, 1.44"
    })
    void where_sources_disagree_the_larger_figure_is_reserved(
            String provider, String operation, String range, int seconds, String resolution, String upper) {
        Optional<Price> price = BOOKS.price(
                Labelled.of(ProviderName.class, provider),
                request(operation, range, seconds + "s", resolution),
                SourceLength.measured(seconds));

        assertThat(price).hasValueSatisfying(quoted -> {
            assertThat(quoted.upperBound()).isEqualTo(Money.dollars(upper)).isGreaterThan(quoted.expected());
            assertThat(quoted.assumption()).isNotEmpty();
        });
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
    @CsvSource({
        "luma, generate, sdr, 10, 720p", "luma, edit, sdr, 5, 540p", "luma, edit, sdr, 10, 720p",
        "luma, edit, hdr, 5, 720p", "luma, reframe, sdr, 7, 720p", "luma, extend, sdr, 5, 720p",
        "gmi, generate, hdr, 5, 720p", "gmi, edit, sdr, 5, 720p", "replicate, generate, sdr, 10, 1080p"
    })
    void where_sources_agree_the_price_is_certain(
            String provider, String operation, String range, int seconds, String resolution) {
        Optional<Price> price = BOOKS.price(
                Labelled.of(ProviderName.class, provider),
                request(operation, range, seconds + "s", resolution),
                SourceLength.measured(seconds));

        assertThat(price).hasValueSatisfying(quoted -> {
            assertThat(quoted.upperBound()).isEqualTo(quoted.expected());
            assertThat(quoted.assumption()).isEmpty();
        });
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource({"gmi, reframe, sdr, 1080p", "replicate, generate, hdr, 720p", "replicate, generate, hdr+exr, 1080p"})
    void a_figure_that_was_found_nowhere_is_marked_assumed(
            String provider, String operation, String range, String resolution) {
        assertThat(BOOKS.price(
                        Labelled.of(ProviderName.class, provider),
                        request(operation, range, "5s", resolution),
                        SourceLength.measured(5)))
                .hasValueSatisfying(price -> assertThat(price.assumption()).contains("assumed"));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "luma, edit, 4.32, 18 s",
        "gmi, edit, 6.48, 30 s",
        "luma, reframe, 3.60, 30 s",
        "gmi, reframe, 3.60, 30 s"
    })
    void a_source_that_nobody_measured_is_priced_at_the_longest_allowed(
            String provider, String operation, String expected, String longest) {
        RenderRequest request = request(operation, "sdr", "5s", "720p");

        assertThat(BOOKS.price(Labelled.of(ProviderName.class, provider), request))
                .hasValueSatisfying(price -> {
                    assertThat(price.expected()).isEqualTo(Money.dollars(expected));
                    assertThat(price.upperBound()).isEqualTo(Money.dollars(expected));
                    assertThat(price.assumption()).contains(longest, "assumed");
                })
                .isEqualTo(BOOKS.price(Labelled.of(ProviderName.class, provider), request, SourceLength.NONE));
    }

    @ParameterizedTest(name = "{0} of {1} s: {2} to {3}")
    @CsvSource({
        "edit, 4.99, 2.16, 2.16",
        "edit, 5.04, 2.16, 4.32",
        "edit, 5.1, 2.16, 4.32",
        "edit, 5.11, 4.32, 4.32",
        "edit, 10, 4.32, 4.32",
        "edit, 10.04, 4.32, 6.48",
        "edit, 0.05, 2.16, 2.16",
        "reframe, 5, 1.80, 1.80",
        "reframe, 5.04, 1.80, 2.16",
        "reframe, 5.1, 1.80, 2.16",
        "reframe, 5.2, 2.16, 2.16"
    })
    void a_clip_a_frame_too_long_counts_as_what_it_is_called_but_more_is_reserved(
            String operation, double seconds, String expected, String upper) {
        RenderRequest request = request(operation, "sdr", "5s", "1080p");

        assertThat(BOOKS.price(ProviderName.LUMA, request, SourceLength.measured(seconds)))
                .hasValueSatisfying(price -> {
                    assertThat(price.expected()).isEqualTo(Money.dollars(expected));
                    assertThat(price.upperBound()).isEqualTo(Money.dollars(upper));
                    assertThat(price.assumption().isEmpty()).isEqualTo(expected.equals(upper));
                });
    }

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void a_book_names_its_date_and_version(ProviderName provider) {
        assertThat(BOOKS.book(provider)).hasValueSatisfying(book -> {
            assertThat(book.provider()).isEqualTo(provider);
            assertThat(book.date()).isEqualTo(LocalDate.of(2026, 11, 21));
            assertThat(book.version()).isEqualTo(1);
            assertThat(book).hasToString(provider.label() + " prices of 2026-11-21, version 1");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "duration: 5s, per: clip, expected: {720p: 1}}, {operation: generate, range: sdr, duration: 5s, per: clip, expected: {720p: 2} | line 1: generate, sdr, 5s, 720p is quoted twice",
                "duration: 7s, per: clip, expected: {720p: 1} | 'duration' cannot be '7s': '7s' is not one of 5s, 10s",
                "per: clip, expected: {720p: 1} | 'duration' belongs to generate",
                "duration: 5s, expected: {720p: 1} | 'per' is missing",
                "duration: 5s, per: hour, expected: {720p: 1} | 'per' cannot be 'hour'",
                "duration: 5s, per: clip | 'expected' is missing",
                "duration: 5s, per: clip, expected: {4k: 1} | unknown field '4k'",
                "duration: 5s, per: clip, expected: {720p: cheap} | '720p' cannot be 'cheap'",
                "duration: 5s, per: clip, expected: {720p: -1} | not negative",
                "duration: 5s, per: clip, expected: {720p: 0.0000001} | '720p' cannot be",
                "duration: 5s, per: clip, expected: {720p: 2}, upperBound: {720p: 1}, assumption: x | below the expected price",
                "duration: 5s, per: clip, expected: {720p: 1}, upperBound: {720p: 2} | 'assumption' is missing",
                "duration: 5s, per: clip, expected: {720p: 1}, upperBound: {540p: 2}, assumption: x | needs an expected price",
                "duration: 5s, per: clip, longestSource: 3, expected: {720p: 1} | 'longestSource' belongs to",
                "duration: 5s, per: clip, expected: {720p: 1}, colour: red | unknown field 'colour'",
                "duration: 5s, duration: 10s, per: clip, expected: {720p: 1} | 'duration' is there twice"
            })
    void a_row_that_makes_no_sense_is_refused_with_its_line(String row, String reason) {
        String book = "{provider: luma, version: 1, date: 2026-01-01, currency: USD, prices: "
                + "[{operation: generate, range: sdr, " + row + "}]}";

        assertThatThrownBy(() -> PriceBookReader.read("mine.yaml", book))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Price book mine.yaml, line 1: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{provider: acme, version: 1, date: 2026-01-01, currency: USD, prices: []} | 'acme' is not one of luma",
                "{provider: luma, version: 1, currency: USD, prices: []} | 'date' is missing",
                "{provider: luma, version: x, date: 2026-01-01, currency: USD, prices: []} | 'version' cannot be 'x'",
                "{provider: luma, version: 1, date: 2026-01-01, currency: EUR, prices: []} | only USD",
                "{provider: luma, version: 1, date: 2026-01-01, currency: USD, prices: 3} | 'prices' must be a list",
                "[1, 2] | fields are expected",
                "{provider: [luma | not readable as YAML"
            })
    void a_book_that_makes_no_sense_is_refused_with_its_line(String book, String reason) {
        assertThatThrownBy(() -> PriceBookReader.read("mine.yaml", book))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mine.yaml, line 1")
                .hasMessageContaining(reason);
    }

    @Test
    void an_empty_book_is_refused() {
        assertThatThrownBy(() -> PriceBookReader.read("mine.yaml", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Price book mine.yaml is empty");
    }

    @Test
    void a_book_in_the_users_folder_replaces_the_standard_one_and_no_other(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), book("luma", "9.99"));
        Files.writeString(folder.resolve("notes.txt"), "not a book");

        PriceBooks books = PriceBooks.read(folder);

        RenderRequest request = RenderRequest.textToVideo("A mug");
        assertThat(books.price(ProviderName.LUMA, request)).contains(Price.of(Money.dollars("9.99")));
        assertThat(books.price(ProviderName.LUMA, request.withLength(ClipLength.TEN_SECONDS)))
                .isEmpty();
        assertThat(books.price(ProviderName.GMI, request)).contains(Price.of(Money.dollars("0.30")));
        assertThat(books.book(ProviderName.LUMA))
                .hasValueSatisfying(book -> assertThat(book).hasToString("luma prices of 2027-01-02, version 3"));
    }

    @Test
    void two_books_of_one_provider_are_refused_by_name(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), book("luma", "1"));
        Files.writeString(folder.resolve("b.yml"), book("luma", "2"));

        assertThatThrownBy(() -> PriceBooks.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("a.yaml", "b.yml", "luma");
    }

    @Test
    void a_wrong_book_in_the_users_folder_is_named_with_its_line(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), book("luma", "free"));

        assertThatThrownBy(() -> PriceBooks.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("mine.yaml, line 6", "'720p' cannot be 'free'");
    }

    @Test
    void a_folder_that_does_not_exist_is_refused(@TempDir Path folder) {
        assertThatThrownBy(() -> PriceBooks.read(folder.resolve("absent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void a_copy_of_a_standard_book_in_the_users_folder_is_good(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("config/pricing/luma.yaml"), folder.resolve("luma.yaml"));
        RenderRequest request = request("edit", "sdr", "5s", "720p");

        assertThat(PriceBooks.read(folder).price(ProviderName.LUMA, request))
                .isPresent()
                .isEqualTo(BOOKS.price(ProviderName.LUMA, request));
    }

    private static String book(String provider, String price) {
        return """
                provider: %s
                version: 3
                date: 2027-01-02
                currency: USD
                prices:
                  - { operation: generate, range: sdr, duration: 5s, per: clip, expected: { 720p: %s } }
                """
                .formatted(provider, price);
    }

    private static RenderRequest request(String operation, String range, String length, String resolution) {
        DynamicRange tier = Labelled.of(DynamicRange.class, range);
        return RenderRequest.builder(Labelled.of(Operation.class, operation), "A mug")
                .hdr(tier != DynamicRange.SDR)
                .exrExport(tier == DynamicRange.HDR_EXR)
                .length(Labelled.find(ClipLength.class, length).orElse(ClipLength.FIVE_SECONDS))
                .resolution(Labelled.of(Resolution.class, resolution))
                .build();
    }
}
