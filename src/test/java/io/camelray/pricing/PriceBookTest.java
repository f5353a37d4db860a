package io.camelray.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.model.ClipLength;
import io.camelray.model.DynamicRange;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PriceBookTest {

    private static final PriceBooks BOOKS = PriceBooks.standard();

    @ParameterizedTest(name = "{0} {1} {2}: {3} to {4}")
    @CsvSource({
        "sdr, 5s, 360p, 0.06, 0.06", "sdr, 5s, 540p, 0.15, 0.15",
        "sdr, 5s, 720p, 0.30, 0.30", "sdr, 5s, 1080p, 1.20, 1.20",
        "sdr, 10s, 360p, 0.18, 0.18", "sdr, 10s, 540p, 0.45, 0.45",
        "sdr, 10s, 720p, 0.90, 0.90", "sdr, 10s, 1080p, 3.60, 3.60",
        "hdr, 5s, 720p, 0.60, 1.20", "hdr, 5s, 1080p, 2.40, 4.80",
        "hdr+exr, 5s, 720p, 0.90, 1.20", "hdr+exr, 5s, 1080p, 3.60, 4.80"
    })
    void luma_generate_costs_what_the_grid_says(
            String range, String length, String resolution, String expected, String upper) {
        Optional<Price> price = BOOKS.price(ProviderName.LUMA, request(range, length, resolution));

        assertThat(price).hasValueSatisfying(quoted -> {
            assertThat(quoted.expected()).isEqualTo(Money.dollars(expected));
            assertThat(quoted.upperBound()).isEqualTo(Money.dollars(upper));
            assertThat(quoted.assumption().isEmpty()).isEqualTo(expected.equals(upper));
        });
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "hdr, 5s, 360p", "hdr, 5s, 540p", "hdr, 10s, 720p", "hdr, 10s, 1080p",
        "hdr+exr, 5s, 360p", "hdr+exr, 5s, 540p", "hdr+exr, 10s, 720p", "hdr+exr, 10s, 1080p",
        "hdr, 10s, 360p", "hdr, 10s, 540p", "hdr+exr, 10s, 360p", "hdr+exr, 10s, 540p"
    })
    void what_the_grid_does_not_quote_has_no_price(String range, String length, String resolution) {
        assertThat(BOOKS.price(ProviderName.LUMA, request(range, length, resolution)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, mode = EnumSource.Mode.EXCLUDE, names = "GENERATE")
    void other_operations_have_no_price_yet(Operation operation) {
        RenderRequest request = RenderRequest.builder(operation, "A mug")
                .aspectRatio(Optional.empty())
                .resolution(Resolution.P720)
                .length(ClipLength.FIVE_SECONDS)
                .hdr(false)
                .exrExport(false)
                .loop(false)
                .build();

        assertThat(BOOKS.price(ProviderName.LUMA, request)).isEmpty();
    }

    @Test
    void a_provider_without_a_book_has_no_prices() {
        assertThat(BOOKS.price(ProviderName.GMI, RenderRequest.textToVideo("A mug")))
                .isEmpty();
        assertThat(BOOKS.book(ProviderName.REPLICATE)).isEmpty();
    }

    @Test
    void a_book_names_its_date_and_version() {
        assertThat(BOOKS.book(ProviderName.LUMA)).hasValueSatisfying(book -> {
            assertThat(book.date()).isEqualTo(LocalDate.of(2026, 11, 21));
            assertThat(book.version()).isEqualTo(1);
            assertThat(book).hasToString("luma prices of 2026-11-21, version 1");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'provider':'luma','version':1,'date':'2026-01-01','perClip':[{'operation':'generate','range':'sdr','duration':'5s','expected':{'720p':'1'}},{'operation':'generate','range':'sdr','duration':'5s','expected':{'720p':'2'}}]} | twice",
                "{'provider':'acme','version':1,'date':'2026-01-01','perClip':[]} | acme",
                "{'provider':'luma','version':1,'perClip':[]} | date",
                "{'provider':'luma','version':1,'date':'2026-01-01','perClip':[{'operation':'generate','range':'sdr','duration':'7s','expected':{'720p':'1'}}]} | 7s",
                "{'provider':'luma','version':1,'date':'2026-01-01','perClip':[{'operation':'generate','range':'sdr','duration':'5s','expected':{'720p':'2'},'upperBound':{'720p':'1'},'assumption':'x'}]} | below"
            },
            quoteCharacter = '`')
    void a_book_that_contradicts_itself_is_refused(String book, String reason) {
        assertThatThrownBy(() -> PriceBookReader.read(new ObjectMapper().readTree(book.replace('\'', '"'))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static RenderRequest request(String range, String length, String resolution) {
        DynamicRange tier = Labelled.of(DynamicRange.class, range);
        return RenderRequest.textToVideo("A mug")
                .withHdr(tier != DynamicRange.SDR)
                .withExrExport(tier == DynamicRange.HDR_EXR)
                .withLength(Labelled.of(ClipLength.class, length))
                .withResolution(Labelled.of(Resolution.class, resolution));
    }
}
