package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.assets.AssetSettings;
import io.camelray.assets.MediaProbe;
import io.camelray.assets.Mp4Bytes;
import io.camelray.model.ClipLength;
import io.camelray.model.Money;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.HdrAccess;
import io.camelray.rules.RuleBook;
import io.camelray.rules.UrlPolicy;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The parameter tables of the providers' own documents, row by row, as somebody would write them in a manifest: what a
 * document accepts is planned, and each rejection that it documents is told with its rule.
 */
class SeedManifestTest {

    private static final RuleBook RULES = RuleBook.standard();
    private static final String ID = "d290f1ee-6c54-4b01-90e6-d701748f0851";
    private static final String IMAGE = "'https://cdn.example.com/a.png'";
    private static final String FILM = "'https://cdn.example.com/a.mp4'";

    private static final String SHOT = "operation: generate, prompt: A mug";
    private static final String TEN = SHOT + ", duration: 10s";
    private static final String HDR = SHOT + ", hdr: true";
    private static final String START = ", startFrame: " + IMAGE;
    private static final String END = ", endFrame: " + IMAGE;
    private static final String FORWARD =
            "operation: extend, prompt: On, aspectRatio: '16:9', direction: forward, source: " + ID;
    private static final String BACKWARD = FORWARD.replace("forward", "backward");
    private static final String FIT = "operation: reframe, prompt: Wider, aspectRatio: '1:1', source: " + ID;
    private static final String NO_SOURCE = "operation: edit, prompt: Rain, edit: { autoControls: true }";
    private static final String AGAIN = NO_SOURCE + ", source: " + ID;
    private static final List<String> RATIOS = List.of("9:16", "3:4", "1:1", "4:3", "16:9", "21:9");
    private static final List<String> STRENGTHS = List.of(
            "adhere_1",
            "adhere_2",
            "adhere_3",
            "flex_1",
            "flex_2",
            "flex_3",
            "reimagine_1",
            "reimagine_2",
            "reimagine_3");

    /** A document with the rows of its tables. */
    enum Seed {
        LUMA_GUIDE(
                ProviderName.LUMA,
                "model",
                "type",
                "prompt",
                "aspect_ratio",
                "video.resolution",
                "video.duration",
                "video.loop",
                "video.hdr",
                "video.exr_export",
                "video.start_frame, video.end_frame",
                "video.keyframes",
                "video.keyframe_indexes",
                "video.edit",
                "source",
                "source.generation_id",
                "extend"),
        LUMA_PAGE(
                ProviderName.LUMA,
                "source.generation_id",
                "source.url",
                "source.data",
                "source length",
                "aspect ratios",
                "reframe",
                "extend",
                "interpolate"),
        GMI_GENERATE(
                ProviderName.GMI,
                "model",
                "prompt",
                "aspect_ratio",
                "resolution",
                "duration",
                "hdr",
                "exr_export",
                "loop",
                "start_frame_url",
                "end_frame_url",
                "start_frame_generation_id",
                "end_frame_generation_id"),
        GMI_EDIT(
                ProviderName.GMI,
                "model",
                "prompt",
                "source_generation_id",
                "resolution",
                "edit_auto_controls",
                "edit_strength",
                "pose_strength",
                "depth_blur",
                "normals_augmentation",
                "trajectory_sparsity",
                "face_enabled",
                "hdr",
                "exr_export",
                "start_frame_url",
                "source_data",
                "source_media_type"),
        REPLICATE(
                ProviderName.REPLICATE,
                "prompt",
                "aspect_ratio",
                "duration",
                "end_image",
                "exr_export",
                "hdr",
                "loop",
                "resolution",
                "start_image");

        private final ProviderName provider;
        private final List<String> parameters;

        Seed(ProviderName provider, String... parameters) {
            this.provider = provider;
            this.parameters = List.of(parameters);
        }
    }

    /** @param rule which one refuses the steps; empty: they are accepted */
    private record Row(Seed seed, String parameter, String rule, List<String> steps) {

        @Override
        public String toString() {
            return seed + " " + parameter + (rule.isEmpty() ? " accepted" : " refused by " + rule);
        }
    }

    @TempDir
    static Path folder;

    private static MediaProbe probe;

    @BeforeAll
    static void lay_out_files() throws IOException {
        picture("a.png", 64, 64);
        picture("widest.png", 8000, 4);
        picture("wide.png", 8001, 4);
        picture("large.png", 64, 64);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("large.png").toFile(), "rw")) {
            file.setLength(52_428_801);
        }
        film("clip.mp4", 7 * 24);
        film("clip18.mp4", 18 * 24);
        film("clip30.mp4", 30 * 24);
        film("clip31.mp4", 30 * 24 + 1);
        probe = MediaProbe.ofFiles(AssetSettings.defaults(folder.resolve("scratch")), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        probe.close();
    }

    private static void picture(String name, int width, int height) throws IOException {
        ImageIO.write(
                new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve(name).toFile());
    }

    private static void film(String name, int frames) throws IOException {
        Files.write(folder.resolve(name), Mp4Bytes.video().frames(frames).build());
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        lumaGuide(new Table(Seed.LUMA_GUIDE, rows));
        lumaPage(new Table(Seed.LUMA_PAGE, rows));
        gmiGenerate(new Table(Seed.GMI_GENERATE, rows));
        gmiEdit(new Table(Seed.GMI_EDIT, rows));
        replicate(new Table(Seed.REPLICATE, rows));
        return rows;
    }

    private record Table(Seed seed, List<Row> rows) {

        Table takes(String parameter, String... steps) {
            rows.add(new Row(seed, parameter, "", List.of(steps)));
            return this;
        }

        Table refuses(String parameter, String rule, String... steps) {
            rows.add(new Row(seed, parameter, rule, List.of(steps)));
            return this;
        }
    }

    private static void lumaGuide(Table guide) {
        guide.takes("model", SHOT)
                .refuses("model", "unknown-field", SHOT + ", model: ray-3", SHOT + ", model: ray-3.2+hdr");
        guide.takes("type", SHOT).refuses("type", "schema", "operation: image, prompt: A mug");
        prompt(guide);
        guide.takes("aspect_ratio", each(SHOT + ", aspectRatio: '%s'", RATIOS))
                .takes("aspect_ratio", SHOT)
                .refuses(
                        "aspect_ratio",
                        "R14",
                        each(SHOT + ", aspectRatio: '%s'", List.of("3:1", "2:1", "3:2", "2:3", "1:2", "1:3")));
        guide.takes("video.resolution", each(SHOT + ", resolution: %s", List.of("360p", "540p", "720p", "1080p")))
                .takes("video.resolution", SHOT)
                .refuses("video.resolution", "R23", SHOT + ", resolution: 480p", SHOT + ", resolution: 4k")
                .refuses("video.resolution", "R40", HDR + ", resolution: 360p", HDR + ", resolution: 540p");
        guide.takes("video.duration", SHOT, SHOT + ", duration: 5s", TEN)
                .refuses("video.duration", "R25", SHOT + ", duration: 15s", SHOT + ", duration: 5")
                .refuses("video.duration", "R29", TEN + ", hdr: true")
                .refuses("video.duration", "R27", TEN + START)
                .refuses("video.duration", "R28", TEN + END);
        guide.takes("video.loop", SHOT + ", loop: true", SHOT + ", loop: false", SHOT + ", loop: true" + START)
                .refuses("video.loop", "schema", SHOT + ", loop: often")
                .refuses("video.loop", "R36", AGAIN + ", loop: true")
                .refuses("video.loop", "R30", TEN + ", loop: true")
                .refuses("video.loop", "R37", HDR + ", loop: true")
                .refuses("video.loop", "R38", SHOT + ", loop: true" + END)
                .refuses("video.loop", "R39", SHOT + ", loop: true, " + keyframes(0));
        guide.takes("video.hdr", HDR, HDR + ", resolution: 1080p", HDR + ", " + keyframes(0, 120))
                .refuses("video.hdr", "schema", SHOT + ", hdr: 1")
                .refuses("video.hdr", "R40", HDR + ", resolution: 360p", HDR + ", resolution: 540p")
                .refuses("video.hdr", "R29", TEN + ", hdr: true")
                .refuses("video.hdr", "R37", HDR + ", loop: true");
        guide.takes("video.exr_export", HDR + ", exrExport: true", SHOT + ", exrExport: false")
                .refuses("video.exr_export", "R41", SHOT + ", exrExport: true");
        String anchors = "video.start_frame, video.end_frame";
        guide.takes(anchors, SHOT + START, SHOT + END, SHOT + START + END, SHOT + ", endFrame: a.png", AGAIN + START)
                .takes(anchors, SHOT + ", startFrame: widest.png", FORWARD, BACKWARD)
                .refuses(anchors, "R101", SHOT + ", startFrame: large.png")
                .refuses(anchors, "R102", SHOT + ", startFrame: wide.png", SHOT + ", endFrame: wide.png")
                .refuses(anchors, "R27", TEN + START)
                .refuses(anchors, "R28", TEN + END)
                .refuses(anchors, "R63", AGAIN + END)
                .refuses(anchors, "R58", SHOT + START + ", " + keyframes(0), SHOT + END + ", " + keyframes(0));
        guide.takes(
                        "video.keyframes",
                        SHOT + ", " + keyframes(0),
                        SHOT + ", " + keyframes(to(64)),
                        TEN + ", " + keyframes(0))
                .refuses(
                        "video.keyframes",
                        "schema",
                        SHOT + ", keyframes: []",
                        SHOT + ", keyframes: [ { image: a.png } ]")
                .refuses("video.keyframes", "R54", SHOT + ", " + keyframes(to(65)))
                .refuses("video.keyframes", "R39", SHOT + ", loop: true, " + keyframes(0));
        guide.takes("video.keyframe_indexes", SHOT + ", " + keyframes(0, 60, 120), TEN + ", " + keyframes(0, 240))
                .refuses(
                        "video.keyframe_indexes",
                        "schema",
                        SHOT + ", keyframes: [ { at: 0 } ]",
                        SHOT + ", " + keyframes(-1))
                .refuses("video.keyframe_indexes", "R55", SHOT + ", " + keyframes(121), TEN + ", " + keyframes(241))
                .refuses("video.keyframe_indexes", "R56", SHOT + ", " + keyframes(7, 7));
        guide.takes("video.edit", AGAIN).refuses("video.edit", "R64", SHOT + ", edit: { autoControls: true }");
        guide.takes("source", AGAIN, FIT).refuses("source", "R65", SHOT + ", source: " + FILM);
        guide.takes("source.generation_id", FORWARD).refuses("source.generation_id", "R65", SHOT + ", source: " + ID);
        guide.takes("extend", FORWARD, BACKWARD, FORWARD + ", loop: true")
                .refuses("extend", "R42", FORWARD + ", hdr: true", BACKWARD + ", hdr: true, exrExport: true")
                .refuses("extend", "R38", BACKWARD + ", loop: true")
                .refuses("extend", "R60", FORWARD + END, SHOT + ", startFrame: " + ID + END);
    }

    private static void lumaPage(Table page) {
        page.takes("source.generation_id", AGAIN, FIT)
                .refuses("source.generation_id", "R51", AGAIN.replace(ID, "'generation:mine'"));
        page.takes("source.url", AGAIN.replace(ID, FILM), FIT.replace(ID, FILM))
                .refuses("source.url", "R73", AGAIN.replace(ID, IMAGE), FIT.replace(ID, IMAGE))
                .refuses(
                        "source.url",
                        "R98",
                        AGAIN.replace(ID, "'http://cdn.example.com/a.mp4'"),
                        AGAIN.replace(ID, "'https://localhost/a.mp4'"));
        page.takes("source.data", AGAIN.replace(ID, "clip.mp4"), FIT.replace(ID, "clip.mp4"))
                .refuses("source.data", "R73", AGAIN.replace(ID, "a.png"), FIT.replace(ID, "a.png"));
        page.takes("source length", FIT.replace(ID, "clip30.mp4"), AGAIN.replace(ID, "clip18.mp4"))
                .refuses("source length", "R77", FIT.replace(ID, "clip31.mp4"), AGAIN.replace(ID, "clip31.mp4"));
        page.takes("aspect ratios", each(SHOT + ", aspectRatio: '%s'", RATIOS))
                .takes("aspect ratios", AGAIN + ", aspectRatio: '1:1'");
        page.takes("reframe", each("operation: reframe, prompt: Wider, source: " + ID + ", aspectRatio: '%s'", RATIOS))
                .refuses("reframe", "R15", FIT.replace("aspectRatio: '1:1', ", ""))
                .refuses("reframe", "R43", FIT + ", hdr: true");
        page.takes("extend", FORWARD, BACKWARD)
                .refuses("extend", "R42", FORWARD + ", hdr: true")
                .refuses("extend", "R62", FORWARD.replace(ID, FILM));
        page.takes("interpolate", SHOT + START + END, SHOT + ", startFrame: a.png, endFrame: a.png")
                .refuses(
                        "interpolate",
                        "R60",
                        SHOT + ", startFrame: " + ID + END,
                        SHOT + START + ", endFrame: " + ID,
                        SHOT + ", startFrame: " + ID + ", endFrame: " + ID);
    }

    private static void gmiGenerate(Table gmi) {
        gmi.takes("model", SHOT).refuses("model", "unknown-field", SHOT + ", model: luma-ray-3-2-edit");
        prompt(gmi);
        gmi.takes("aspect_ratio", each(SHOT + ", aspectRatio: '%s'", RATIOS))
                .takes("aspect_ratio", SHOT)
                .refuses(
                        "aspect_ratio",
                        "R17",
                        each(SHOT + ", aspectRatio: '%s'", List.of("3:1", "2:1", "1:2", "1:3", "3:2", "2:3")));
        gmi.takes("resolution", each(SHOT + ", resolution: %s", List.of("540p", "720p", "1080p")))
                .refuses("resolution", "R24", SHOT + ", resolution: 360p", SHOT + ", resolution: 4k")
                .refuses("resolution", "R40", HDR + ", resolution: 540p");
        gmi.takes("duration", SHOT + ", duration: 5s", TEN)
                .refuses("duration", "R25", SHOT + ", duration: 15s", SHOT + ", duration: 10")
                .refuses("duration", "R29", TEN + ", hdr: true")
                .refuses("duration", "R27", TEN + START)
                .refuses("duration", "R28", TEN + END);
        gmi.takes("hdr", HDR, HDR + ", resolution: 1080p")
                .refuses("hdr", "schema", SHOT + ", hdr: 'yes'")
                .refuses("hdr", "R40", HDR + ", resolution: 540p")
                .refuses("hdr", "R42", FORWARD + ", hdr: true", BACKWARD + ", hdr: true");
        gmi.takes("exr_export", HDR + ", exrExport: true")
                .refuses("exr_export", "R41", SHOT + ", exrExport: true")
                .refuses("exr_export", "R42", FORWARD + ", hdr: true, exrExport: true");
        gmi.takes("loop", SHOT + ", loop: true", SHOT + ", loop: true" + START, FORWARD + ", loop: true")
                .refuses("loop", "R30", TEN + ", loop: true")
                .refuses("loop", "R37", HDR + ", loop: true")
                .refuses("loop", "R38", SHOT + ", loop: true" + END, BACKWARD + ", loop: true");
        gmi.takes(
                        "start_frame_url",
                        SHOT + START,
                        SHOT + START.replace("png", "jpg"),
                        SHOT + START.replace("png", "webp"))
                .refuses("start_frame_url", "R98", SHOT + ", startFrame: 'http://cdn.example.com/a.png'")
                .refuses("start_frame_url", "R27", TEN + START);
        gmi.takes("end_frame_url", SHOT + END, SHOT + START + END).refuses("end_frame_url", "R28", TEN + END);
        gmi.takes("start_frame_generation_id", FORWARD, SHOT + ", startFrame: " + ID + END)
                .refuses("start_frame_generation_id", "R68", SHOT + ", startFrame: " + ID, FORWARD + END)
                .refuses("start_frame_generation_id", "R27", FORWARD + ", duration: 10s");
        gmi.takes(
                        "end_frame_generation_id",
                        BACKWARD,
                        SHOT + START + ", endFrame: " + ID,
                        SHOT + ", startFrame: " + ID + ", endFrame: " + ID)
                .refuses("end_frame_generation_id", "R68", SHOT + ", endFrame: " + ID)
                .refuses("end_frame_generation_id", "R28", BACKWARD + ", duration: 10s");
    }

    private static void gmiEdit(Table edit) {
        edit.takes("model", AGAIN).refuses("model", "unknown-field", AGAIN + ", model: luma-ray-3-2-generate");
        edit.takes("prompt", AGAIN, AGAIN.replace("Rain", "x".repeat(6000)))
                .refuses("prompt", "R06", AGAIN.replace("Rain", "''"), AGAIN.replace("Rain", "x".repeat(6001)));
        edit.takes("source_generation_id", AGAIN, AGAIN.replace(ID, "'generation:mine'"))
                .refuses("source_generation_id", "R88", NO_SOURCE)
                .refuses("source_generation_id", "R90", AGAIN.replace(ID, FILM));
        edit.takes("resolution", each(AGAIN + ", resolution: %s", List.of("540p", "720p", "1080p")))
                .refuses("resolution", "R24", AGAIN + ", resolution: 360p", AGAIN + ", resolution: 4k")
                .refuses("resolution", "R40", AGAIN + ", hdr: true, resolution: 540p");
        edit.takes("edit_auto_controls", AGAIN, controls("autoControls: true, face: false"))
                .refuses("edit_auto_controls", "schema", controls("autoControls: 1"))
                .refuses(
                        "edit_auto_controls",
                        "R91",
                        controls("autoControls: true, strength: flex_1"),
                        controls("autoControls: true, pose: coarse"),
                        controls("autoControls: true, depth: 0"),
                        controls("autoControls: true, normals: 1"),
                        controls("autoControls: true, trajectory: 0.5"),
                        controls("autoControls: true, face: true"));
        edit.takes(
                        "edit_strength",
                        STRENGTHS.stream().map(s -> controls("strength: " + s)).toArray(String[]::new))
                .refuses(
                        "edit_strength",
                        "R79",
                        controls("strength: adhere_0"),
                        controls("strength: flex_4"),
                        controls("strength: reimagine"))
                .refuses("edit_strength", "R91", controls("autoControls: true, strength: reimagine_3"));
        edit.takes("pose_strength", controls("pose: precise"), controls("pose: coarse"), controls("strength: flex_1"))
                .refuses("pose_strength", "R80", controls("pose: loose"));
        unit(edit, "depth_blur", "depth");
        unit(edit, "normals_augmentation", "normals");
        unit(edit, "trajectory_sparsity", "trajectory");
        edit.takes("face_enabled", controls("face: true"), controls("face: false"))
                .refuses("face_enabled", "schema", controls("face: some"));
        edit.takes("hdr", AGAIN + ", hdr: true", AGAIN + ", hdr: true, resolution: 1080p")
                .refuses("hdr", "R40", AGAIN + ", hdr: true, resolution: 540p");
        edit.takes("exr_export", AGAIN + ", hdr: true, exrExport: true")
                .refuses("exr_export", "R41", AGAIN + ", exrExport: true");
        edit.takes("start_frame_url", AGAIN + START, AGAIN + START.replace("png", "webp"))
                .refuses("start_frame_url", "R85", AGAIN + ", startFrame: " + ID);
        edit.takes("source_data", AGAIN.replace(ID, "clip.mp4"), AGAIN.replace(ID, "clip30.mp4"))
                .refuses("source_data", "R77", AGAIN.replace(ID, "clip31.mp4"));
        edit.takes("source_media_type", AGAIN.replace(ID, "clip.mp4"))
                .refuses("source_media_type", "R89", AGAIN.replace(ID, "a.png"));
    }

    private static void unit(Table edit, String parameter, String field) {
        edit.takes(parameter, controls(field + ": 0"), controls(field + ": 0.5"), controls(field + ": 1"))
                .refuses(parameter, "R81", controls(field + ": -0.1"), controls(field + ": 1.1"))
                .refuses(parameter, "schema", controls(field + ": deep"));
    }

    private static void replicate(Table page) {
        page.takes("prompt", SHOT).refuses("prompt", "R06", SHOT.replace("A mug", "''"));
        page.takes("aspect_ratio", each(SHOT + ", aspectRatio: '%s'", RATIOS))
                .takes("aspect_ratio", SHOT + ", aspectRatio: '1:1'" + START)
                .refuses("aspect_ratio", "R18", SHOT + ", aspectRatio: '3:2'", SHOT + ", aspectRatio: '1:3'");
        page.takes("duration", SHOT + ", duration: 5s", TEN)
                .refuses("duration", "R26", SHOT + ", duration: 15s", SHOT + ", duration: 5")
                .refuses("duration", "R29", TEN + ", hdr: true")
                .refuses("duration", "R27", TEN + START)
                .refuses("duration", "R28", TEN + END)
                .refuses("duration", "R30", TEN + ", loop: true");
        page.takes("end_image", SHOT + END, SHOT + START + END)
                .refuses("end_image", "R28", TEN + END)
                .refuses("end_image", "R38", SHOT + ", loop: true" + END);
        page.takes("exr_export", HDR + ", exrExport: true").refuses("exr_export", "R41", SHOT + ", exrExport: true");
        page.takes("hdr", HDR, HDR + ", resolution: 1080p")
                .refuses("hdr", "R40", HDR + ", resolution: 540p")
                .refuses("hdr", "R29", TEN + ", hdr: true")
                .refuses("hdr", "R37", HDR + ", loop: true");
        page.takes("loop", SHOT + ", loop: true", SHOT + ", loop: true" + START)
                .refuses("loop", "R30", TEN + ", loop: true")
                .refuses("loop", "R37", HDR + ", loop: true")
                .refuses("loop", "R38", SHOT + ", loop: true" + END);
        page.takes("resolution", each(SHOT + ", resolution: %s", List.of("540p", "720p", "1080p")))
                .refuses("resolution", "R24", SHOT + ", resolution: 360p", SHOT + ", resolution: 2k")
                .refuses("resolution", "R40", HDR + ", resolution: 540p");
        page.takes("start_image", SHOT + START, SHOT + ", startFrame: a.png")
                .refuses("start_image", "R98", SHOT + ", startFrame: 'https://10.0.0.1/a.png'")
                .refuses("start_image", "R27", TEN + START);
    }

    private static void prompt(Table table) {
        table.takes("prompt", "operation: generate, prompt: x", "operation: generate, prompt: " + "x".repeat(6000))
                .refuses(
                        "prompt",
                        "R06",
                        "operation: generate",
                        "operation: generate, prompt: ''",
                        "operation: generate, prompt: " + "x".repeat(6001));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_manifest_is_planned_or_refused_as_the_document_says(Row row) {
        for (String step : row.steps()) {
            PlanPreview preview = planner(Map.of()).preview(manifest(row.seed().provider, step));
            List<String> refusing = preview.violations().stream()
                    .filter(Violation::refuses)
                    .map(Violation::rule)
                    .toList();
            if (row.rule().isEmpty()) {
                assertThat(refusing).as(step).isEmpty();
                assertThat(preview.renders()).isEqualTo(1);
            } else {
                assertThat(refusing).as(step).contains(row.rule());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_row_of_a_documents_tables_is_walked_in_both_directions(Seed seed) {
        Map<Boolean, Set<String>> walked = rows().stream()
                .filter(row -> row.seed() == seed)
                .collect(Collectors.partitioningBy(
                        row -> row.rule().isEmpty(), Collectors.mapping(Row::parameter, Collectors.toSet())));

        assertThat(walked.get(true)).containsExactlyInAnyOrderElementsOf(seed.parameters);
        List<String> withoutRejection = seed == Seed.LUMA_PAGE ? List.of("aspect ratios") : List.of();
        assertThat(walked.get(false))
                .containsExactlyInAnyOrderElementsOf(seed.parameters.stream()
                        .filter(parameter -> !withoutRejection.contains(parameter))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void what_is_left_out_is_the_documents_default(ProviderName provider) throws Exception {
        ManifestSource source = manifest(provider, SHOT);
        PlanCheck.Plan plan = new PlanCheck(settings(Map.of()), RULES, PriceBooks.standard(), media())
                .check(ManifestReader.read(source), source.folder())
                .plan()
                .orElseThrow();
        RenderRequest request = plan.variants()
                .read(plan.campaign().steps().get(0), new Cell(0, new int[0]), new Violations())
                .request();

        assertThat(request.resolution()).isEqualTo(Resolution.P720);
        assertThat(request.length()).isEqualTo(ClipLength.FIVE_SECONDS);
        assertThat(List.of(request.hdr(), request.exrExport(), request.loop())).containsOnly(false);
        assertThat(request.aspectRatio()).isEmpty();
    }

    @Test
    void hdr_needs_an_account_with_hdr_access() {
        for (ProviderName provider : List.of(ProviderName.LUMA, ProviderName.GMI)) {
            ManifestSource source = manifest(provider, HDR);
            Planner without = planner(Map.of(provider.label(), HdrAccess.NONE));

            assertThat(planner(Map.of(provider.label(), HdrAccess.GRANTED))
                            .preview(source)
                            .violations())
                    .isEmpty();
            assertThat(without.preview(source).violations())
                    .filteredOn(Violation::refuses)
                    .extracting(Violation::rule)
                    .containsExactly("R44");
        }
    }

    private static Planner planner(Map<String, HdrAccess> access) {
        return new Planner(null, settings(access), RULES, PriceBooks.standard(), media());
    }

    private static PlanMedia media() {
        return new PlanMedia(Optional.empty(), Optional.of(probe), UrlPolicy.PUBLIC, true);
    }

    private static PlanningSettings settings(Map<String, HdrAccess> access) {
        PlanningSettings base = Manifests.settings();
        Map<ProviderName, String> accounts = new EnumMap<>(ProviderName.class);
        Arrays.stream(ProviderName.values()).forEach(provider -> accounts.put(provider, provider.label()));
        return new PlanningSettings(
                base.provider(),
                accounts,
                base.allowedAccounts(),
                access,
                Money.dollars("1000"),
                base.maxRenders(),
                base.stopAfterFailures(),
                base.deliverTo(),
                base.deliverAllowed(),
                base.assetsAllowed());
    }

    private static ManifestSource manifest(ProviderName provider, String step) {
        String text = "campaign: seeds\nprovider: " + provider.label() + "\nsteps:\n  - { id: one, " + step + " }\n";
        return new ManifestSource("seeds.yaml", text.getBytes(StandardCharsets.UTF_8)).in(folder);
    }

    private static String[] each(String step, List<String> values) {
        return values.stream().map(step::formatted).toArray(String[]::new);
    }

    private static String controls(String controls) {
        return "operation: edit, prompt: Rain, source: " + ID + ", edit: { " + controls + " }";
    }

    private static String keyframes(int... at) {
        return IntStream.of(at)
                .mapToObj(frame -> "{ at: " + frame + ", image: a.png }")
                .collect(Collectors.joining(", ", "keyframes: [ ", " ]"));
    }

    private static int[] to(int count) {
        return IntStream.range(0, count).toArray();
    }
}
