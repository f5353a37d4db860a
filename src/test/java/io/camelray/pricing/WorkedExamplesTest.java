package io.camelray.pricing;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourceLength;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples of the fact sheet, to the cent. */
class WorkedExamplesTest {

    private static final PriceBooks BOOKS = PriceBooks.standard();
    private static final RenderRequest PLAIN = RenderRequest.textToVideo("A mug");
    private static final RenderRequest LARGE = PLAIN.withResolution(Resolution.P1080);
    private static final RenderRequest EDIT = on(Operation.EDIT).build();
    private static final RenderRequest REFRAME =
            on(Operation.REFRAME).aspectRatio(Optional.of(AspectRatio.R9X16)).build();
    private static final RenderRequest EXTEND =
            on(Operation.EXTEND).direction(Optional.of(Direction.FORWARD)).build();

    /** So many renders of one kind. */
    private record Lot(int count, RenderRequest request, SourceLength source) {}

    static Stream<Arguments> examples() {
        return Stream.of(
                arguments(1, LUMA, one(PLAIN), "0.30", "0.30"),
                arguments(2, LUMA, one(PLAIN.withLength(ClipLength.TEN_SECONDS)), "0.90", "0.90"),
                arguments(3, GMI, one(PLAIN.withLength(ClipLength.TEN_SECONDS)), "0.60", "0.60"),
                arguments(4, REPLICATE, one(LARGE.withLength(ClipLength.TEN_SECONDS)), "3.60", "3.60"),
                arguments(5, LUMA, one(LARGE.withHdr(true).withExrExport(true)), "3.60", "4.80"),
                arguments(6, GMI, one(LARGE.withHdr(true).withExrExport(true)), "8.40", "8.40"),
                arguments(7, LUMA, one(EXTEND.withResolution(Resolution.P1080)), "1.20", "1.20"),
                arguments(8, LUMA, List.of(lot(1, PLAIN), lot(4, EXTEND)), "1.50", "1.50"),
                arguments(9, LUMA, of(EDIT, SourceLength.measured(7.2)), "2.16", "2.16"),
                arguments(10, GMI, of(EDIT.withHdr(true), SourceLength.measured(12.4)), "6.48", "6.48"),
                arguments(11, LUMA, of(EDIT, SourceLength.nominal(5)), "1.08", "2.16"),
                arguments(11, LUMA, of(EDIT, SourceLength.measured(5.04)), "1.08", "2.16"),
                arguments(12, LUMA, of(REFRAME, SourceLength.measured(12.3)), "1.56", "1.56"),
                arguments(
                        13,
                        LUMA,
                        of(REFRAME.withResolution(Resolution.P1080), SourceLength.measured(10.0)),
                        "3.60",
                        "3.60"),
                arguments(
                        14,
                        LUMA,
                        List.of(lot(20, PLAIN.withResolution(Resolution.P360)), lot(5, LARGE)),
                        "7.20",
                        "7.20"),
                arguments(15, LUMA, one(keyframed()), "0.90", "0.90"),
                arguments(
                        16,
                        GMI,
                        of(
                                EDIT.withResolution(Resolution.P1080)
                                        .withHdr(true)
                                        .withExrExport(true),
                                SourceLength.measured(18.0)),
                        "30.24",
                        "30.24"));
    }

    @ParameterizedTest(name = "example {0} at {1}: {3} to {4}")
    @MethodSource("examples")
    void a_worked_example_costs_what_the_fact_sheet_computes(
            int number, ProviderName provider, List<Lot> lots, String expected, String upper) {
        Price total = lots.stream()
                .flatMap(lot -> Stream.generate(() -> lot).limit(lot.count()))
                .map(lot -> BOOKS.price(provider, lot.request(), lot.source()).orElseThrow())
                .reduce(Price.ZERO, Price::plus);

        assertThat(total.expected()).isEqualTo(Money.dollars(expected));
        assertThat(total.upperBound()).isEqualTo(Money.dollars(upper));
    }

    private static RenderRequest keyframed() {
        MediaRef image = new MediaRef.Web("https://example.com/a.png");
        return PLAIN.withLength(ClipLength.TEN_SECONDS).toBuilder()
                .keyframes(List.of(new Keyframe(0, image), new Keyframe(240, image)))
                .build();
    }

    private static RenderRequest.Builder on(Operation operation) {
        return RenderRequest.builder(operation, "A mug").source(Optional.of(new MediaRef.Step("hero")));
    }

    private static List<Lot> one(RenderRequest request) {
        return List.of(lot(1, request));
    }

    private static Lot lot(int count, RenderRequest request) {
        return new Lot(count, request, SourceLength.NONE);
    }

    private static List<Lot> of(RenderRequest request, SourceLength source) {
        return List.of(new Lot(1, request, source));
    }
}
