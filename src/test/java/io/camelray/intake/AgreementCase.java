package io.camelray.intake;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;

import io.camelray.model.ProviderName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request that breaks one rule, and its neighbour that does not, both as a step of a manifest. {@code PARENT} stands
 * for a generation that the account has; files are beside the manifest.
 *
 * @param broken the step's fields
 * @param good the step's fields
 * @param raw where the adapter cannot even express what is broken: the body that a naive client would post, with single
 *     quotes for double ones; else empty
 */
record AgreementCase(String rule, ProviderName provider, String broken, String good, String raw) {

    static final String IMAGE = "a.png";
    static final String CLIP = "clip.mp4";

    private static final String SHOT = "operation: generate, prompt: A mug";
    private static final String HDR = SHOT + ", hdr: true";
    private static final String TEN = SHOT + ", duration: 10s";
    private static final String MORE =
            "operation: extend, prompt: On, source: PARENT, direction: forward, aspectRatio: '16:9'";
    private static final String AGAIN = "operation: edit, prompt: Rain, source: PARENT, edit: { autoControls: true }";
    private static final String FIT = "operation: reframe, prompt: Wider, source: PARENT, aspectRatio: '1:1'";
    private static final String START = ", startFrame: " + IMAGE;
    private static final String END = ", endFrame: " + IMAGE;

    private static final String UNREACHABLE = ", startFrame: 'https://img.intern.example.com/a.png'";

    private static final String RAW_IMAGE = "{'url':'https://cdn.example.com/a.png'}";
    private static final String RAW_PARENT = "{'generation_id':'PARENT'}";

    @Override
    public String toString() {
        return rule + " at " + provider.label() + ": " + broken.substring(0, Math.min(80, broken.length()));
    }

    static List<AgreementCase> all() {
        List<AgreementCase> all = new ArrayList<>();
        for (ProviderName provider : ProviderName.values()) {
            generated(provider, all);
        }
        luma(all);
        gmi(all);
        replicate(all);
        return all;
    }

    /** What all three refuse alike. */
    private static void generated(ProviderName provider, List<AgreementCase> all) {
        add(all, "R06", provider, "operation: generate, prompt: ''", "operation: generate, prompt: x");
        add(all, "R27", provider, TEN + START, SHOT + START);
        add(all, "R28", provider, TEN + END, SHOT + END);
        add(all, "R29", provider, TEN + ", hdr: true", HDR);
        add(all, "R30", provider, TEN + ", loop: true", SHOT + ", loop: true");
        add(all, "R37", provider, HDR + ", loop: true", HDR);
        add(all, "R38", provider, SHOT + ", loop: true" + END, SHOT + ", loop: true" + START);
        add(all, "R40", provider, HDR + ", resolution: 540p", HDR + ", resolution: 1080p");
        add(
                all,
                "R41",
                provider,
                SHOT + ", exrExport: true",
                HDR + ", exrExport: true",
                raw(provider, "'exr_export':true"));
    }

    private static void luma(List<AgreementCase> all) {
        add(all, "R99", LUMA, SHOT + UNREACHABLE, SHOT + START);
        add(
                all,
                "R06",
                LUMA,
                "operation: generate, prompt: " + "x".repeat(6001),
                "operation: generate, prompt: " + "x".repeat(6000));
        add(
                all,
                "R14",
                LUMA,
                SHOT + ", aspectRatio: '3:1'",
                SHOT + ", aspectRatio: '21:9'",
                luma("video", "'aspect_ratio':'3:1'"));
        add(
                all,
                "R15",
                LUMA,
                "operation: reframe, prompt: Wider, source: PARENT",
                FIT,
                luma("video_reframe", "'source':" + RAW_PARENT));
        add(all, "R23", LUMA, SHOT + ", resolution: 4k", SHOT + ", resolution: 360p", raw(LUMA, "'resolution':'4k'"));
        add(all, "R25", LUMA, SHOT + ", duration: 15s", TEN, raw(LUMA, "'duration':'15s'"));
        add(
                all,
                "R34",
                LUMA,
                "operation: reframe, prompt: Taller, source: PARENT, aspectRatio: '9:16', resolution: 1080p",
                "operation: reframe, prompt: Taller, source: PARENT, aspectRatio: '9:16', resolution: 720p");
        add(all, "R36", LUMA, AGAIN + ", loop: true", AGAIN, edit("'loop':true"));
        add(all, "R38", LUMA, MORE.replace("forward", "backward") + ", loop: true", MORE + ", loop: true");
        add(
                all,
                "R39",
                LUMA,
                SHOT + ", loop: true, " + keyframes(0),
                SHOT + ", " + keyframes(0),
                raw(LUMA, "'loop':true," + rawKeyframes("0")));
        add(all, "R40", LUMA, AGAIN + ", hdr: true, resolution: 540p", AGAIN + ", hdr: true");
        add(all, "R42", LUMA, MORE + ", hdr: true", MORE, raw(LUMA, "'hdr':true,'start_frame':" + RAW_PARENT));
        add(
                all,
                "R43",
                LUMA,
                FIT + ", hdr: true",
                FIT,
                luma("video_reframe", "'aspect_ratio':'1:1','source':" + RAW_PARENT + ",'video':{'hdr':true}"));
        add(all, "R50", LUMA, SHOT + ", startFrame: " + CLIP, SHOT + START);
        add(all, "R51", LUMA, MORE.replace("PARENT", "'generation:nope'"), MORE);
        add(all, "R54", LUMA, SHOT + ", " + keyframes(numbers(65)), SHOT + ", " + keyframes(numbers(64)));
        add(all, "R55", LUMA, SHOT + ", " + keyframes(121), SHOT + ", " + keyframes(120));
        add(all, "R55", LUMA, TEN + ", " + keyframes(241), TEN + ", " + keyframes(240));
        add(all, "R56", LUMA, SHOT + ", " + keyframes(7, 7), SHOT + ", " + keyframes(7, 8));
        add(
                all,
                "R58",
                LUMA,
                SHOT + START + ", " + keyframes(1),
                SHOT + ", " + keyframes(0, 1),
                raw(LUMA, "'start_frame':" + RAW_IMAGE + "," + rawKeyframes("1")));
        add(all, "R59", LUMA, AGAIN + ", " + keyframes(1), AGAIN, edit(rawKeyframes("1")));
        add(
                all,
                "R60",
                LUMA,
                SHOT + ", startFrame: PARENT" + END,
                SHOT + START + END,
                raw(LUMA, "'start_frame':" + RAW_PARENT + ",'end_frame':" + RAW_IMAGE));
        add(all, "R63", LUMA, AGAIN + END, AGAIN + START, edit("'end_frame':" + RAW_IMAGE));
        add(
                all,
                "R64",
                LUMA,
                SHOT + ", edit: { autoControls: true }",
                AGAIN,
                raw(LUMA, "'edit':{'auto_controls':true}"));
        add(all, "R65", LUMA, SHOT + ", source: PARENT", SHOT, luma("video", "'source':" + RAW_PARENT));
        add(
                all,
                "R66",
                LUMA,
                SHOT + ", sourcePosition: { x: 0, y: 0, width: 1, height: 1 }",
                FIT + ", sourcePosition: { x: 0, y: 0, width: 1, height: 1 }",
                raw(LUMA, "'source_position':{'x_norm':0,'y_norm':0,'w_norm':1,'h_norm':1}"));
        add(
                all,
                "R71",
                LUMA,
                "operation: edit, prompt: Rain, edit: { autoControls: true }",
                AGAIN,
                luma("video_edit", "'video':{'edit':{'auto_controls':true}}"));
        add(
                all,
                "R71",
                LUMA,
                "operation: reframe, prompt: Wider, aspectRatio: '1:1'",
                FIT,
                luma("video_reframe", "'aspect_ratio':'1:1'"));
        add(all, "R73", LUMA, AGAIN.replace("PARENT", IMAGE), AGAIN.replace("PARENT", CLIP));
        add(all, "R73", LUMA, FIT.replace("PARENT", IMAGE), FIT.replace("PARENT", CLIP));
        add(all, "R75", LUMA, AGAIN.replace("PARENT", "large.mp4"), AGAIN.replace("PARENT", CLIP));
        add(all, "R76", LUMA, AGAIN.replace("PARENT", "clip18.mp4"), AGAIN.replace("PARENT", "clip17.mp4"));
        add(all, "R77", LUMA, FIT.replace("PARENT", "clip30.mp4"), FIT.replace("PARENT", "clip18.mp4"));
        add(
                all,
                "R78",
                LUMA,
                manual("autoControls: true, strength: flex_1"),
                manual("strength: flex_1"),
                edit("'edit':{'auto_controls':true,'strength':'flex_1'}"));
        add(
                all,
                "R78",
                LUMA,
                manual("autoControls: true, face: false"),
                manual("face: false"),
                edit("'edit':{'auto_controls':true,'controls':{'face':{'enabled':false}}}"));
        add(
                all,
                "R79",
                LUMA,
                manual("strength: flex_9"),
                manual("strength: flex_3"),
                edit("'edit':{'strength':'flex_9'}"));
        add(
                all,
                "R80",
                LUMA,
                manual("pose: rough"),
                manual("pose: coarse"),
                edit("'edit':{'controls':{'pose':{'strength':'rough'}}}"));
        add(all, "R81", LUMA, manual("depth: 1.1"), manual("depth: 1"));
        add(all, "R81", LUMA, manual("normals: -0.1"), manual("normals: 0"));
        add(all, "R81", LUMA, manual("trajectory: 2"), manual("trajectory: 0.5"));
        add(all, "R82", LUMA, guided(3, 3), guided(3, 4));
        add(all, "R82", LUMA, guided(numbers(65)), guided(numbers(64)));
        add(
                all,
                "R84",
                LUMA,
                guided(0) + START,
                AGAIN + START,
                edit("'start_frame':" + RAW_IMAGE + ",'edit':{'auto_controls':true," + rawKeyframes("0") + "}"));
        add(all, "R94", LUMA, positioned(0, 0, 0, 1), positioned(0, 0, 0.1, 1));
        add(all, "R94", LUMA, positioned(2.1, 0, 1, 1), positioned(2, 0, 1, 1));
        add(all, "R94", LUMA, positioned(0, 0, 1, 2.1), positioned(0, -2, 1, 2));
        add(
                all,
                "R96",
                LUMA,
                FIT + START,
                FIT,
                luma(
                        "video_reframe",
                        "'aspect_ratio':'1:1','source':" + RAW_PARENT + ",'video':{'start_frame':" + RAW_IMAGE + "}"));
        add(all, "R101", LUMA, SHOT + ", startFrame: large.png", SHOT + START);
        add(all, "R102", LUMA, SHOT + ", startFrame: wide.png", SHOT + ", startFrame: widest.png");
    }

    private static void gmi(List<AgreementCase> all) {
        add(all, "R99", GMI, SHOT + UNREACHABLE, SHOT + START);
        add(
                all,
                "R06",
                GMI,
                "operation: generate, prompt: " + "x".repeat(6001),
                "operation: generate, prompt: " + "x".repeat(6000));
        add(
                all,
                "R15",
                GMI,
                "operation: reframe, prompt: Wider, source: PARENT",
                FIT,
                gmi("reframe", "'source_generation_id':'PARENT'"));
        add(
                all,
                "R17",
                GMI,
                SHOT + ", aspectRatio: '3:1'",
                SHOT + ", aspectRatio: '9:16'",
                raw(GMI, "'aspect_ratio':'3:1'"));
        add(
                all,
                "R17",
                GMI,
                SHOT + ", aspectRatio: '2:3'",
                SHOT + ", aspectRatio: '3:4'",
                raw(GMI, "'aspect_ratio':'2:3'"));
        add(all, "R20", GMI, FIT.replace("PARENT", CLIP).replace("1:1", "16:9"), FIT.replace("PARENT", CLIP));
        add(all, "R24", GMI, SHOT + ", resolution: 360p", SHOT + ", resolution: 540p", raw(GMI, "'resolution':'360p'"));
        add(
                all,
                "R24",
                GMI,
                AGAIN + ", resolution: 360p",
                AGAIN + ", resolution: 540p",
                gmi("edit", "'source_generation_id':'PARENT','resolution':'360p'"));
        add(all, "R25", GMI, SHOT + ", duration: 15s", TEN, raw(GMI, "'duration':'15s'"));
        add(all, "R38", GMI, MORE.replace("forward", "backward") + ", loop: true", MORE + ", loop: true");
        add(all, "R40", GMI, AGAIN + ", hdr: true, resolution: 540p", AGAIN + ", hdr: true");
        add(
                all,
                "R41",
                GMI,
                AGAIN + ", exrExport: true",
                AGAIN + ", hdr: true, exrExport: true",
                gmi("edit", "'source_generation_id':'PARENT','exr_export':true"));
        add(all, "R42", GMI, MORE + ", hdr: true", MORE, raw(GMI, "'hdr':true,'start_frame_generation_id':'PARENT'"));
        add(
                all,
                "R43",
                GMI,
                FIT + ", hdr: true",
                FIT,
                gmi("reframe", "'aspect_ratio':'1:1','source_generation_id':'PARENT','hdr':true"));
        add(all, "R77", GMI, AGAIN.replace("PARENT", "clip30.mp4"), AGAIN.replace("PARENT", "clip18.mp4"));
        add(all, "R77", GMI, FIT.replace("PARENT", "clip30.mp4"), FIT.replace("PARENT", "clip18.mp4"));
        add(
                all,
                "R79",
                GMI,
                manual("strength: flex_9"),
                manual("strength: adhere_1"),
                gmi("edit", "'source_generation_id':'PARENT','edit_strength':'flex_9'"));
        add(
                all,
                "R80",
                GMI,
                manual("pose: rough"),
                manual("pose: precise"),
                gmi("edit", "'source_generation_id':'PARENT','pose_strength':'rough'"));
        add(all, "R81", GMI, manual("depth: 1.1"), manual("depth: 1"));
        add(all, "R81", GMI, manual("normals: -0.1"), manual("normals: 0"));
        add(all, "R81", GMI, manual("trajectory: 2"), manual("trajectory: 0.5"));
        add(
                all,
                "R88",
                GMI,
                "operation: edit, prompt: Rain, edit: { autoControls: true }",
                AGAIN,
                gmi("edit", "'edit_auto_controls':true"));
        add(all, "R89", GMI, AGAIN.replace("PARENT", IMAGE), AGAIN.replace("PARENT", CLIP));
        add(
                all,
                "R90",
                GMI,
                AGAIN.replace("PARENT", "'https://cdn.example.com/clip.mp4'"),
                AGAIN,
                gmi("edit", "'source_url':'https://cdn.example.com/clip.mp4'"));
        add(
                all,
                "R91",
                GMI,
                manual("autoControls: true, strength: flex_1"),
                manual("strength: flex_1"),
                gmi("edit", "'source_generation_id':'PARENT','edit_auto_controls':true,'edit_strength':'flex_1'"));
        add(
                all,
                "R91",
                GMI,
                manual("autoControls: true, pose: coarse"),
                manual("pose: coarse"),
                gmi("edit", "'source_generation_id':'PARENT','edit_auto_controls':true,'pose_strength':'coarse'"));
        add(
                all,
                "R91",
                GMI,
                manual("autoControls: true, depth: 0"),
                manual("depth: 0"),
                gmi("edit", "'source_generation_id':'PARENT','edit_auto_controls':true,'depth_blur':0"));
        add(
                all,
                "R91",
                GMI,
                manual("autoControls: true, face: true"),
                manual("face: true"),
                gmi("edit", "'source_generation_id':'PARENT','edit_auto_controls':true,'face_enabled':true"));
        add(all, "R92", GMI, AGAIN + ", loop: true", AGAIN, gmi("edit", "'source_generation_id':'PARENT','loop':true"));
        add(
                all,
                "R92",
                GMI,
                AGAIN + END,
                AGAIN + START,
                gmi("edit", "'source_generation_id':'PARENT','end_frame_url':'https://cdn.example.com/a.png'"));
        add(
                all,
                "R97",
                GMI,
                "operation: reframe, prompt: Wider, aspectRatio: '1:1'",
                FIT,
                gmi("reframe", "'aspect_ratio':'1:1'"));
        add(
                all,
                "R97",
                GMI,
                FIT.replace("PARENT", IMAGE).replace("1:1", "4:3"),
                FIT.replace("PARENT", CLIP).replace("1:1", "4:3"));
    }

    private static void replicate(List<AgreementCase> all) {
        // It fetches when the job runs; what it refuses at once is the other half of the rule, a relative address.
        add(all, "R99", REPLICATE, SHOT + UNREACHABLE, SHOT + START, raw(REPLICATE, "'start_image':'/frames/a.png'"));
        add(
                all,
                "R18",
                REPLICATE,
                SHOT + ", aspectRatio: '3:1'",
                SHOT + ", aspectRatio: '4:3'",
                raw(REPLICATE, "'aspect_ratio':'3:1'"));
        add(
                all,
                "R24",
                REPLICATE,
                SHOT + ", resolution: 360p",
                SHOT + ", resolution: 540p",
                raw(REPLICATE, "'resolution':'360p'"));
        add(all, "R26", REPLICATE, SHOT + ", duration: 15s", TEN, raw(REPLICATE, "'duration':15"));
    }

    private static void add(List<AgreementCase> all, String rule, ProviderName provider, String broken, String good) {
        add(all, rule, provider, broken, good, "");
    }

    private static void add(
            List<AgreementCase> all, String rule, ProviderName provider, String broken, String good, String raw) {
        all.add(new AgreementCase(rule, provider, broken, good, raw));
    }

    /** A new clip with these options. */
    private static String raw(ProviderName provider, String options) {
        return switch (provider) {
            case LUMA -> luma("video", "'video':{" + options + "}");
            case GMI -> gmi("generate", options);
            case REPLICATE -> "{'input':{'prompt':'A mug'," + options + "}}";
        };
    }

    private static String luma(String type, String more) {
        return "{'model':'ray-3.2','prompt':'A mug','type':'" + type + "'," + more + "}";
    }

    private static String edit(String options) {
        return luma("video_edit", "'source':" + RAW_PARENT + ",'video':{" + options + "}");
    }

    private static String gmi(String model, String payload) {
        return "{'model':'luma-ray-3-2-" + model + "','payload':{'prompt':'A mug'," + payload + "}}";
    }

    private static String manual(String controls) {
        return "operation: edit, prompt: Rain, source: PARENT, edit: { " + controls + " }";
    }

    private static String guided(int... at) {
        return manual("autoControls: true, " + keyframes(at));
    }

    private static String positioned(double x, double y, double width, double height) {
        return FIT + ", sourcePosition: { x: " + x + ", y: " + y + ", width: " + width + ", height: " + height + " }";
    }

    private static String keyframes(int... at) {
        return IntStream.of(at)
                .mapToObj(frame -> "{ at: " + frame + ", image: " + IMAGE + " }")
                .collect(Collectors.joining(", ", "keyframes: [ ", " ]"));
    }

    private static String rawKeyframes(String indexes) {
        int count = indexes.split(",").length;
        return "'keyframes':[" + String.join(",", Collections.nCopies(count, RAW_IMAGE)) + "],'keyframe_indexes':["
                + indexes + "]";
    }

    private static int[] numbers(int count) {
        return IntStream.range(0, count).toArray();
    }
}
