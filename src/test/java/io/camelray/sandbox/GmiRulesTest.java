package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule refuses what breaks it; each positive neighbour passes. One sandbox, as refusals leave no trace. */
class GmiRulesTest {

    private static final FakeClock CLOCK = new FakeClock();
    private static final String STRANGER = "11111111-2222-4333-8444-555555555555";
    private static final String IMAGE = "https://cdn.example.com/a.png";
    private static final String FILM = "'source_data':'AAAA','source_media_type':'video/mp4'";

    private static Sandbox sandbox;
    private static JsonCaller gmi;
    private static String parent;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.builder()
                .clock(CLOCK)
                .checkMedia(false)
                .accounts(
                        SandboxAccount.of("main", "gmi-key"),
                        SandboxAccount.of("plain", "plain-key").withoutHdr())
                .build());
        gmi = JsonCaller.gmi(sandbox);
        String id = gmi.post("/requests", generate("'resolution':'540p'")).text("/request_id");
        CLOCK.advance(Duration.ofMinutes(10));
        parent = gmi.get("/requests/" + id).text("/outcome/generation_id");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                refused("R03", "{'model':'luma-ray-3-2-generate+hdr','payload':{'prompt':'p'}}"),
                refused("R04 no model", "{'payload':{'prompt':'p'}}"),
                refused("R04 no payload", "{'model':'luma-ray-3-2-generate'}"),
                refused("R04 payload as text", "{'model':'luma-ray-3-2-generate','payload':'p'}"),
                refused("R04 no JSON", "{"),
                refused("R06 none", "{'model':'luma-ray-3-2-generate','payload':{}}"),
                refused("R06 empty", "{'model':'luma-ray-3-2-generate','payload':{'prompt':''}}"),
                refused("R06 long", "{'model':'luma-ray-3-2-edit','payload':{'prompt':'" + "x".repeat(6001) + "'}}"),
                refused("R09 flag as text", generate("'loop':'true'")),
                refused("R09 text as number", generate("'duration':5")),
                refused("R09 number as text", edit(FILM + ",'depth_blur':'0.5'")),
                refused("R15 missing", reframe(FILM)),
                refused("R15 unknown", reframe(FILM + ",'aspect_ratio':'3:2'")),
                refused("R17 image ratio", generate("'aspect_ratio':'3:1'")),
                refused("R17 unknown", generate("'aspect_ratio':'3:2'")),
                refused("R24", generate("'resolution':'360p'")),
                refused("R24 edit", edit(FILM + ",'resolution':'4k'")),
                refused("R24 reframe", reframe(FILM + ",'aspect_ratio':'1:1','resolution':'360p'")),
                refused("R25", generate("'duration':'7s'")),
                refused("R27 url", generate("'duration':'10s','start_frame_url':'" + IMAGE + "'")),
                refused("R27 id", generate("'duration':'10s','start_frame_generation_id':'" + STRANGER + "'")),
                refused("R28", generate("'duration':'10s','end_frame_url':'" + IMAGE + "'")),
                refused("R29", generate("'duration':'10s','hdr':true")),
                refused("R30", generate("'duration':'10s','loop':true")),
                refused("R37", generate("'loop':true,'hdr':true")),
                refused("R38 url", generate("'loop':true,'end_frame_url':'" + IMAGE + "'")),
                refused("R38 backward", generate("'loop':true,'end_frame_generation_id':'PARENT'")),
                refused("R40", generate("'hdr':true,'resolution':'540p'")),
                refused("R40 edit", edit(FILM + ",'hdr':true,'resolution':'540p'")),
                refused("R41", generate("'exr_export':true")),
                refused("R41 edit", edit(FILM + ",'exr_export':true")),
                refused("R42", generate("'hdr':true,'start_frame_generation_id':'PARENT'")),
                refused("R43", reframe(FILM + ",'aspect_ratio':'1:1','hdr':true")),
                refused("R62 extend", generate("'start_frame_generation_id':'" + STRANGER + "'")),
                refused("R62 edit", edit("'source_generation_id':'" + STRANGER + "'")),
                refused("R67", generate("'start_frame_url':'" + IMAGE + "','start_frame_generation_id':'PARENT'")),
                refused("R79", edit(FILM + ",'edit_strength':'flex_9'")),
                refused("R80", edit(FILM + ",'pose_strength':'rough'")),
                refused("R81 above", edit(FILM + ",'depth_blur':1.1")),
                refused("R81 below", edit(FILM + ",'trajectory_sparsity':-0.1")),
                refused("R88 none", edit("'edit_auto_controls':true")),
                refused("R88 both", edit(FILM + ",'source_generation_id':'PARENT'")),
                refused("R89 none", edit("'source_data':'AAAA'")),
                refused("R89 image", edit("'source_data':'AAAA','source_media_type':'image/png'")),
                refused("R90", edit(FILM + ",'source_url':'https://cdn.example.com/a.mp4'")),
                refused("R91 strength", edit(FILM + ",'edit_auto_controls':true,'edit_strength':'flex_1'")),
                refused("R91 pose", edit(FILM + ",'edit_auto_controls':true,'pose_strength':'coarse'")),
                refused("R91 depth", edit(FILM + ",'edit_auto_controls':true,'depth_blur':0")),
                refused("R91 face", edit(FILM + ",'edit_auto_controls':true,'face_enabled':true")),
                refused("R92 duration", edit(FILM + ",'duration':'5s'")),
                refused("R92 loop", edit(FILM + ",'loop':true")),
                refused("R92 end", edit(FILM + ",'end_frame_url':'" + IMAGE + "'")),
                refused("R97 none", reframe("'aspect_ratio':'1:1'")),
                refused("R97 type", reframe("'aspect_ratio':'1:1','source_data':'AAAA'")),
                refused("R20 same ratio", reframe("'aspect_ratio':'16:9','source_generation_id':'PARENT'")),
                refused("base64", edit("'source_data':'data:AAAA','source_media_type':'video/mp4'")),
                refused(422, "R99", generate("'start_frame_url':'/frames/x.png'")));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("broken")
    void isRefused(int status, String rule, String body) throws IOException {
        int before = sandbox.ledger().generations().size();
        JsonCaller.Result reply = gmi.post("/requests", body.replace("PARENT", parent));
        assertThat(reply.status()).as(reply.reply().body()).isEqualTo(status);
        assertThat(reply.text("/error")).isNotEmpty();
        assertThat(sandbox.ledger().generations()).hasSize(before);
    }

    static Stream<String> inOrder() {
        return Stream.of(
                generate("'aspect_ratio':'21:9','resolution':'1080p','duration':'10s'"),
                generate("'start_frame_generation_id':'','end_frame_generation_id':'','start_frame_url':null"),
                "{'model':'luma-ray-3-2-generate','payload':{'prompt':'" + "🐫".repeat(6000) + "'}}",
                generate("'start_frame_url':'" + IMAGE + "','end_frame_url':'" + IMAGE + "'"),
                generate("'start_frame_url':'" + IMAGE + "','loop':true"),
                generate("'hdr':true,'exr_export':true,'resolution':'1080p'"),
                generate("'hdr':true,'start_frame_url':'" + IMAGE + "'"),
                generate("'start_frame_generation_id':'PARENT','loop':true"),
                generate("'end_frame_generation_id':'PARENT'"),
                generate("'start_frame_generation_id':'PARENT','end_frame_generation_id':'PARENT'"),
                generate("'start_frame_generation_id':'PARENT','end_frame_url':'" + IMAGE + "','hdr':true"),
                edit("'source_generation_id':'PARENT','edit_auto_controls':true,'aspect_ratio':'3:1'"),
                edit("'source_generation_id':'PARENT','edit_auto_controls':true,'pose_strength':'None'"),
                edit(FILM + ",'edit_strength':'reimagine_3','pose_strength':'coarse','depth_blur':1,"
                        + "'normals_augmentation':0,'trajectory_sparsity':0.5,'face_enabled':true"),
                edit(FILM + ",'hdr':true,'exr_export':true,'start_frame_url':'" + IMAGE + "'"),
                reframe(FILM + ",'aspect_ratio':'16:9'"),
                reframe("'source_generation_id':'PARENT','aspect_ratio':'9:16','resolution':'1080p'"));
    }

    @ParameterizedTest
    @MethodSource("inOrder")
    void isAccepted(String body) throws IOException {
        JsonCaller.Result reply = gmi.post("/requests", body.replace("PARENT", parent));
        assertThat(reply.status()).as(reply.reply().body()).isEqualTo(200);
    }

    @Test
    void hdrNeedsAnAccountThatMayUseIt() throws IOException {
        JsonCaller plain = gmi.as("plain-key");
        assertThat(plain.post("/requests", generate("'hdr':true")).status()).isEqualTo(400);
        assertThat(plain.post("/requests", generate("'hdr':false")).status()).isEqualTo(200);
    }

    @Test
    void aParentOfAnotherAccountIsUnknown() throws IOException {
        String extend = generate("'start_frame_generation_id':'" + parent + "'");
        assertThat(gmi.as("plain-key").post("/requests", extend).status()).isEqualTo(400);
        assertThat(gmi.post("/requests", extend).status()).isEqualTo(200);
    }

    @Test
    void aSourceMayLastThirtySecondsAndNoLonger() throws IOException {
        try (Sandbox strict = Sandbox.start(SandboxOptions.builder().build())) {
            JsonCaller caller = JsonCaller.gmi(strict);
            assertThat(caller.post("/requests", edit(film(29))).status()).isEqualTo(200);
            assertThat(caller.post("/requests", edit(film(30))).text("/error")).contains("30 seconds");
            // 29 seconds and one frame are six blocks.
            assertThat(strict.ledger().total().toString()).isEqualTo("$6.48");
        }
    }

    private static String film(int seconds) {
        byte[] file = new ClipEncoder()
                .encode(ClipShape.of("360p", "1:1", seconds), new ClipCard("source", "source", 1), false);
        return "'source_media_type':'video/mp4','source_data':'"
                + Base64.getEncoder().encodeToString(file) + "'";
    }

    private static Arguments refused(String rule, String body) {
        return refused(400, rule, body);
    }

    private static Arguments refused(int status, String rule, String body) {
        return Arguments.of(status, rule, body);
    }

    private static String generate(String more) {
        return of("generate", more);
    }

    private static String edit(String more) {
        return of("edit", more);
    }

    private static String reframe(String more) {
        return of("reframe", more);
    }

    private static String of(String model, String more) {
        return "{'model':'luma-ray-3-2-" + model + "','payload':{'prompt':'p'," + more + "}}";
    }
}
