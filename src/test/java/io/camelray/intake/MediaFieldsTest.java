package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.PlanningLedger.PlannedRender;
import io.camelray.model.Destination;
import io.camelray.model.EditControls;
import io.camelray.model.EditStrength;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.Place;
import io.camelray.model.PoseStrength;
import io.camelray.model.RenderRequest;
import io.camelray.model.SourcePosition;
import io.camelray.model.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFieldsTest {

    private static final String HEAD = "campaign: spring\nprompt: A mug\n";
    private static final String ID = "0b6f3c5e-8a51-4a0e-9b7e-3f6f6f2f9a10";
    /** SHA-256 of "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path home;

    private Path folder;

    @BeforeEach
    void lay_out_files() throws IOException {
        folder = Files.createDirectories(home.resolve("campaign"));
        Files.createDirectories(folder.resolve("img"));
        Files.writeString(folder.resolve("img/mug.png"), "abc");
        Files.writeString(folder.resolve("plain"), "abc");
        Files.writeString(home.resolve("secret.png"), "secret");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {ID, "generation:gen_42", "https://example.com/mug.png?x=1", "s3://assets/in/mug.png"})
    void a_reference_is_read_by_how_it_is_written(String written) {
        MediaRef expected =
                switch (written.substring(0, 2)) {
                    case "0b" -> new MediaRef.Generation(ID);
                    case "ge" -> new MediaRef.Generation("gen_42");
                    case "ht" -> new MediaRef.Web(written);
                    default -> new MediaRef.Stored("assets", "in/mug.png");
                };

        String other = "provider: gmi\nendFrame: img/mug.png\n";
        assertThat(request(HEAD + other + "startFrame: '" + written + "'\n").startFrame())
                .contains(expected);
        assertThat(request("campaign: spring\nmatrix: { sku: [ { id: a, photo: '" + written + "' } ] }\nprompt: A mug\n"
                                + other + "startFrame: '{{sku.photo}}'\n")
                        .startFrame())
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"img/mug.png", "./img/mug.png", "img/../img/mug.png"})
    void a_file_beside_the_manifest_is_known_by_its_path_and_its_content(String written) {
        assertThat(request(HEAD + "endFrame: " + written + "\n").endFrame())
                .contains(new MediaRef.LocalFile("img/mug.png", ABC));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "../secret.png         | File '../secret.png' lies outside of the manifest's folder.",
                "img/../../secret.png  | File 'img/../../secret.png' lies outside of the manifest's folder.",
                "/etc/passwd           | File '/etc/passwd' lies outside of the manifest's folder.",
                "img/cup.png           | There is no file 'img/cup.png' beside the manifest.",
                "img                   | 'img' is not a file.",
                "C:/mug.png            | 'C:/mug.png' is not an https:// address.",
                "file:/etc/passwd      | 'file:/etc/passwd' is not an https:// address.",
                "http://example.com/a  | 'http://example.com/a' is not an https:// address.",
                "data:image/png;base64,AA | 'data:image/png;base64,AA' is not an https:// address.",
                "img\\mug.png          | 'img\\mug.png' is no reference: neither an address nor the name of a file.",
                "s3://assets           | 's3://assets' is not an object in a bucket.",
                "s3://assets/in/../out/a.png | 's3://assets/in/../out/a.png' is not an object in a bucket.",
                "s3://Assets/in/a.png  | 's3://Assets/in/a.png' is not an object in a bucket.",
                "s3://assets/out/a.png | Starting from 's3://assets/out/a.png' is not allowed.",
                "s3://other/in/a.png   | Starting from 's3://other/in/a.png' is not allowed.",
                "'generation:'         | '' is not the id of a generation.",
                "'generation:../x'     | '../x' is not the id of a generation."
            })
    void what_cannot_be_started_from_is_told_once_where_it_stands(String written, String message) {
        String text =
                "campaign: spring\nmatrix: { take: [1, 2] }\nprompt: A mug {{take}}\nstartFrame: '" + written + "'\n";

        assertThat(errors(text)).singleElement().satisfies(violation -> {
            assertThat(violation.message()).isEqualTo(message);
            assertThat(violation.place()).isEqualTo(new Place("/startFrame", 4, 13));
            assertThat(violation.remedy()).endsWith(".");
        });
    }

    @Test
    void a_link_out_of_the_folder_is_refused_and_one_within_is_followed() throws IOException {
        Files.createSymbolicLink(folder.resolve("out.png"), home.resolve("secret.png"));
        Files.createSymbolicLink(folder.resolve("up"), home);
        Files.createSymbolicLink(folder.resolve("in.png"), folder.resolve("img/mug.png"));

        assertThat(errors(HEAD + "startFrame: out.png\n"))
                .extracting(Violation::message)
                .containsExactly("File 'out.png' is a link out of the manifest's folder.");
        assertThat(errors(HEAD + "startFrame: up/secret.png\n"))
                .extracting(Violation::message)
                .containsExactly("File 'up/secret.png' is a link out of the manifest's folder.");
        assertThat(request(HEAD + "startFrame: in.png\n").startFrame()).contains(new MediaRef.LocalFile("in.png", ABC));
    }

    @Test
    void a_manifest_without_a_folder_has_no_files() {
        assertThat(Manifests.onlyError(HEAD + "startFrame: img/mug.png\n").message())
                .startsWith("The manifest came without a folder");
    }

    @Test
    void what_a_template_makes_is_told_for_its_variants() {
        String text = "campaign: spring\nmatrix: { sku: [mug, cup, jar] }\nprompt: '{{sku}}'\n"
                + "startFrame: 'img/{{sku}}.png'\n";

        assertThat(errors(text))
                .extracting(violation -> violation.message() + " " + violation.variant())
                .containsExactly(
                        "There is no file 'img/cup.png' beside the manifest. cup",
                        "There is no file 'img/jar.png' beside the manifest. jar");
    }

    @Test
    void a_step_goes_before_a_file_of_its_name_and_only_written_out() throws IOException {
        String text =
                """
                campaign: spring
                provider: gmi
                matrix: { from: [plain] }
                steps:
                  - { id: plain, operation: generate, each: [], prompt: A mug }
                  - { id: morph, operation: generate, prompt: Between, startFrame: %s, endFrame: img/mug.png }
                """;

        assertThat(renders(text.formatted("plain")).get(1).request().startFrame())
                .contains(new MediaRef.Step("plain"));
        assertThat(errors(text.formatted("'{{from}}'")))
                .extracting(Violation::message)
                .containsExactly("'plain' is a step, and a template cannot name one.");
        assertThat(errors(text.formatted("plain")
                        .replace("provider: gmi", "provider: luma")
                        .replace("startFrame: plain, endFrame: img/mug.png", "keyframes: [ { at: 0, image: plain } ]")))
                .extracting(Violation::message)
                .containsExactly("'plain' is a step, which makes a video; an image is wanted here.");
    }

    @Test
    void key_frames_stand_at_frames_or_at_seconds() {
        RenderRequest request = request("campaign: spring\nprompt: A mug\nmatrix: { at: [48] }\nkeyframes:\n"
                + "  - { at: 0, image: img/mug.png }\n"
                + "  - { at: '{{at}}', image: 'https://example.com/a.png' }\n"
                + "  - { at: 2.5s, image: img/mug.png }\n"
                + "  - { at: 3.01s, image: img/mug.png }\n");

        assertThat(request.keyframes())
                .containsExactly(
                        new Keyframe(0, new MediaRef.LocalFile("img/mug.png", ABC)),
                        new Keyframe(48, new MediaRef.Web("https://example.com/a.png")),
                        new Keyframe(60, new MediaRef.LocalFile("img/mug.png", ABC)),
                        new Keyframe(72, new MediaRef.LocalFile("img/mug.png", ABC)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2.5", "soon", "-1s", "1e3", "2.5 s", "99999999999s"})
    void a_position_that_is_neither_is_told_where_it_stands(String at) {
        assertThat(errors(HEAD + "keyframes:\n  - { at: " + at + ", image: img/mug.png }\n"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.place()).isEqualTo(new Place("/keyframes/0/at", 4, 11)));
    }

    @Test
    void an_image_that_is_no_text_is_told_once() {
        assertThat(errors(HEAD + "keyframes: [ { at: 0, image: 5 } ]\n"))
                .extracting(Violation::message)
                .containsExactly("'keyframes.0.image' cannot be the number 5.");
        assertThat(errors(HEAD + "startFrame: 5\n"))
                .extracting(Violation::message)
                .containsExactly("'startFrame' cannot be the number 5.");
        assertThat(errors(HEAD + "keyframes: img/mug.png\n"))
                .extracting(Violation::remedy)
                .containsExactly("Write a list of { at: …, image: … }.");
    }

    @Test
    void an_edit_is_read_with_all_its_controls() {
        String text = edit("edit: { strength: flex_2, pose: precise, depth: 0.25, normals: 1, trajectory: '{{t}}', "
                + "face: false, keyframes: [ { at: 12, image: img/mug.png } ] }");

        assertThat(request(text).edit())
                .contains(new EditControls(
                        false,
                        Optional.of(EditStrength.FLEX_2),
                        Optional.of(PoseStrength.PRECISE),
                        OptionalDouble.of(0.25),
                        OptionalDouble.of(1),
                        OptionalDouble.of(0.5),
                        Optional.of(false),
                        List.of(new Keyframe(12, new MediaRef.LocalFile("img/mug.png", ABC)))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "strength: wild  | /strength | 'wild' is not an edit strength that Ray 3.2 offers.",
                "strength: '{{t}}' | /strength | '0.5' is not an edit strength that Ray 3.2 offers.",
                "pose: loose     | /pose     | 'loose' is not a pose strength that Ray 3.2 offers.",
                "depth: deep     | /depth    | 'edit.depth' cannot be the text 'deep'.",
                "face: maybe     | /face     | 'edit.face' cannot be the text 'maybe'.",
                "autoControls: 1 | /autoControls | 'edit.autoControls' cannot be the number 1."
            })
    void a_control_of_the_wrong_kind_is_told_where_it_stands(String control, String pointer, String message) {
        assertThat(errors(edit("edit: { " + control + " }"))).singleElement().satisfies(violation -> {
            assertThat(violation.message()).isEqualTo(message);
            assertThat(violation.place().pointer()).isEqualTo("/steps/0/edit" + pointer);
            assertThat(violation.place().line()).isEqualTo(4);
            assertThat(violation.remedy()).endsWith(".");
        });
    }

    @Test
    void unknown_fields_come_with_a_suggestion_at_every_level() {
        assertThat(errors(edit("edit: { strenght: flex_1 }")))
                .extracting(Violation::remedy)
                .containsExactly("Did you mean 'strength'?");
        assertThat(errors(edit("edit: { keyframes: [ { at: 0, imag: img/mug.png, image: img/mug.png } ] }")))
                .extracting(Violation::remedy)
                .containsExactly("Did you mean 'image'?");
        assertThat(errors(edit("aspectRatio: '1:1', sourcePosition: { x: 0, y: 0, width: 1, height: 1, widht: 1 }")
                        .replace("operation: edit", "operation: reframe")))
                .extracting(Violation::remedy)
                .containsExactly("Did you mean 'width'?");
    }

    @Test
    void a_source_position_has_four_numbers() {
        String text =
                "campaign: spring\nmatrix: { w: [0.5] }\nsteps:\n  - { id: fit, operation: reframe, prompt: Wider,"
                        + " aspectRatio: '1:1', source: " + ID
                        + ", sourcePosition: { x: -0.5, y: 0, width: '{{w}}', height: 2 } }\n";

        assertThat(request(text).sourcePosition()).contains(new SourcePosition(-0.5, 0, 0.5, 2));
        assertThat(errors(text.replace("y: 0, ", "")))
                .extracting(Violation::message)
                .containsExactly("'y' is missing in 'steps.0.sourcePosition'.");
    }

    @Test
    void an_axis_sets_a_reference_but_not_a_field_that_is_made_of_others() {
        assertThat(renders(HEAD + "provider: gmi\nendFrame: img/mug.png\nmatrix: { startFrame: [img/mug.png, " + ID
                        + "] }\n"))
                .extracting(render -> render.request().startFrame().orElseThrow())
                .containsExactly(new MediaRef.LocalFile("img/mug.png", ABC), new MediaRef.Generation(ID));
        assertThat(errors(HEAD + "matrix: { edit: [a] }\n"))
                .extracting(Violation::message)
                .contains("An axis cannot set 'edit', which is not one plain value.");
    }

    @Test
    void the_same_manifest_with_another_file_is_another_manifest() throws IOException {
        RecordingLedger ledger = new RecordingLedger();
        Planner planner = Manifests.stepPlanner(ledger, settings());
        ManifestSource source = source(HEAD + "startFrame: img/mug.png\n");

        assertThat(planner.plan(source)).isInstanceOf(PlanResult.Accepted.class);
        assertThat(planner.plan(source)).isInstanceOf(PlanResult.Repeated.class);
        Files.writeString(folder.resolve("plain"), "not named by the manifest");
        assertThat(planner.plan(source)).isInstanceOf(PlanResult.Repeated.class);
        Files.writeString(folder.resolve("img/mug.png"), "abd");
        assertThat(planner.plan(source)).isInstanceOf(PlanResult.Accepted.class);
        assertThat(ledger.renders())
                .extracting(PlannedRender::fingerprint)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    private static String edit(String field) {
        return "campaign: spring\nmatrix: { t: [0.5] }\nsteps:\n"
                + "  - { id: again, operation: edit, prompt: A cup, source: " + ID + ", " + field + " }\n";
    }

    private ManifestSource source(String text) {
        return new ManifestSource("test.yaml", text.getBytes(StandardCharsets.UTF_8)).in(folder);
    }

    private static PlanningSettings settings() {
        PlanningSettings base = Manifests.settings();
        return new PlanningSettings(
                base.provider(),
                base.accounts(),
                base.allowedAccounts(),
                base.hdrAccess(),
                base.budget(),
                base.maxRenders(),
                base.stopAfterFailures(),
                base.deliverTo(),
                base.deliverAllowed(),
                List.of(Destination.parse("s3://assets/in")));
    }

    private List<PlannedRender> renders(String text) {
        return Manifests.renders(source(text), settings());
    }

    private RenderRequest request(String text) {
        return renders(text).get(0).request();
    }

    private List<Violation> errors(String text) {
        return Manifests.errors(source(text), settings());
    }
}
