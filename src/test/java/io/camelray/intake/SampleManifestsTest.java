package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.assets.AssetSettings;
import io.camelray.assets.MediaProbe;
import io.camelray.assets.Mp4Bytes;
import io.camelray.model.Destination;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.HdrAccess;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample manifests can be planned as they are, given the files that they name. */
class SampleManifestsTest {

    private static final Path CAMPAIGNS = Path.of("config/campaigns");
    private static final Path SAMPLES = CAMPAIGNS.resolve("samples");
    private static final PlanningSettings SETTINGS = new PlanningSettings(
            ProviderName.LUMA,
            Map.of(ProviderName.LUMA, "luma", ProviderName.GMI, "gmi", ProviderName.REPLICATE, "replicate"),
            Map.of("second", ProviderName.LUMA),
            Map.of("luma", HdrAccess.GRANTED),
            Money.dollars("50"),
            PlanningSettings.MAX_RENDERS,
            5,
            Destination.parse("file:work/outputs"),
            List.of(Destination.parse("file:work/outputs"), Destination.parse("s3://my-renders")),
            List.of(Destination.parse("s3://my-assets/shots")));

    @TempDir
    static Path folder;

    private static MediaProbe probe;

    @BeforeAll
    static void lay_out_files() throws IOException {
        Path media = Files.createDirectory(folder.resolve("media"));
        BufferedImage picture = new BufferedImage(64, 36, BufferedImage.TYPE_INT_RGB);
        for (String name : List.of("mug", "packshot", "pour", "paper-first", "paper-later")) {
            ImageIO.write(picture, "png", media.resolve(name + ".png").toFile());
        }
        Files.write(media.resolve("dancer.mp4"), Mp4Bytes.video().frames(5 * 24).build());
        probe = MediaProbe.ofFiles(AssetSettings.defaults(folder.resolve("scratch")), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        probe.close();
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void a_sample_is_planned_within_its_budget_without_an_error(Path sample) throws IOException {
        PlanMedia media = new PlanMedia(Optional.empty(), Optional.of(probe), UrlPolicy.PUBLIC, true);
        Planner planner = new Planner(null, SETTINGS, RuleBook.standard(), PriceBooks.standard(), media);

        PlanPreview preview = planner.preview(ManifestSource.of(sample).in(folder));

        assertThat(preview.violations())
                .filteredOn(violation -> violation.refuses() || violation.rule().equals("R109"))
                .isEmpty();
        assertThat(preview.renders()).isPositive();
        assertThat(preview.price().expected()).isGreaterThan(Money.ZERO);
        assertThat(preview.campaign())
                .hasValueSatisfying(name -> assertThat(name).startsWith("sample-"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void a_sample_names_its_schema_teaches_in_comments_and_is_linked(Path sample) throws IOException {
        List<String> lines = Files.readAllLines(sample);

        assertThat(lines.get(0)).isEqualTo("# yaml-language-server: $schema=../../manifest.schema.json");
        assertThat(lines.stream().filter(line -> line.contains("# "))).hasSizeGreaterThan(2);
        assertThat(Path.of("README.md"))
                .content()
                .contains("(" + sample.toString().replace('\\', '/') + ")");
    }

    @Test
    void each_operation_and_provider_has_a_sample_of_its_own() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path sample : samples()) {
            all.append(Files.readString(sample));
        }

        assertThat(all)
                .contains(
                        RenderField.labels().stream().map(field -> field + ":").toArray(String[]::new))
                .contains("operation: generate", "operation: extend", "operation: edit", "operation: reframe")
                .contains("provider: luma", "provider: gmi", "provider: replicate")
                .contains("each:", "exclude:", "include:", "to: s3://", "account: ", "keyframes:", "maxRenders:");
    }
}
